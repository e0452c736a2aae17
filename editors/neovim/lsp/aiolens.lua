-- For Neovim 0.11 or newer: put this file into the folder lsp/ of your configuration, and say in init.lua
--   vim.lsp.enable('aiolens')
---@type vim.lsp.Config
return {
  cmd = { 'aiolens', 'server' },
  filetypes = { 'python' },
  root_markers = { 'aiolens.toml', 'pyproject.toml', 'setup.py', '.git' },
  -- The keys of [tool.aiolens] in pyproject.toml; they win over the file.
  init_options = { settings = vim.empty_dict() },
}
