-- :checkhealth aiolens
local M = {}

-- The names changed in 0.8 and 0.10.
local health = vim.fn.has('nvim-0.8') == 1 and vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local bad = health.error or health.report_error
local info = health.info or health.report_info

local function program()
  local path = require('aiolens').program()
  if vim.fn.executable(path) == 0 then
    return bad('`' .. path .. '` is not on the PATH', {
      'Install aiolens, or say where it is: require("aiolens").setup({ cmd = { "/path/to/aiolens", "server" } })',
    })
  end
  local version = vim.trim(vim.fn.system({ path, 'version' }))
  if vim.v.shell_error ~= 0 then
    return bad('`' .. path .. ' version` fails: ' .. version)
  end
  ok(vim.fn.exepath(path) .. ': ' .. version)
end

local function clients()
  local all = require('aiolens').clients()
  if #all == 0 then
    return warn('no server runs', {
      'Open a file of Python.',
      'See that init.lua says require("aiolens").setup(), or vim.lsp.enable("aiolens") since Neovim 0.11.',
    })
  end
  for _, client in ipairs(all) do
    local dir = client.config.root_dir or client.root_dir
    ok(string.format('a server runs for %s; columns count in %s', dir or 'files without a project', client.offset_encoding))
  end
  if #all > 1 then
    info('one server for each project is as it should be; two for one project mean that it is started twice')
  end
end

local function neighbours()
  local all = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
  local own = require('aiolens').clients()[1]
  for _, client in ipairs(all) do
    if own and client.name ~= 'aiolens' and client.offset_encoding ~= own.offset_encoding then
      info(string.format(
        '%s counts columns in %s: if Neovim warns about it, set positionEncoding = %q in the settings of aiolens',
        client.name, client.offset_encoding, client.offset_encoding
      ))
    end
    if client.name:match('^ruff') then
      info('ruff runs as well: what its configuration selects is left to it (the setting overlap)')
    end
  end
end

function M.check()
  start('aiolens')
  local v = vim.version()
  local text = string.format('Neovim %d.%d.%d', v.major, v.minor, v.patch)
  if vim.fn.has('nvim-0.7') == 1 then
    ok(text)
  else
    bad(text .. ': want 0.7 or newer')
  end
  if vim.fn.has('nvim-0.11') == 0 then
    info('Neovim expands the snippets of servers itself since 0.11; before, a completion plugin does, or they come as plain text')
  end
  program()
  clients()
  neighbours()
end

return M
