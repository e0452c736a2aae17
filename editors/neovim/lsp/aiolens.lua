-- For Neovim 0.11 or newer: put this file into the folder lsp/ of your configuration, and say in init.lua
--   vim.lsp.enable('aiolens')
---@type vim.lsp.Config
return {
  cmd = { 'aiolens', 'server' },
  filetypes = { 'python' },
  root_markers = { 'aiolens.toml', 'pyproject.toml', 'setup.py', '.git' },
  -- The keys of [tool.aiolens] in pyproject.toml; they win over the file.
  settings = { aiolens = vim.empty_dict() },
  -- A few settings count only if the server knows them from the start.
  before_init = function(params, config)
    params.initializationOptions = { settings = (config.settings or {}).aiolens }
  end,
}
