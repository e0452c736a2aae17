if vim.g.loaded_aiolens then
  return
end
vim.g.loaded_aiolens = true

vim.api.nvim_create_user_command('AioLens', function(call)
  local words = vim.split(vim.trim(call.args), '%s+')
  require('aiolens').command(words[1], words[2])
end, {
  nargs = '+',
  desc = 'aiolens: explain, fix, info, log, restart, snippets',
  complete = function(lead, line) return require('aiolens').complete(lead, line) end,
})
