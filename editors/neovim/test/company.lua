-- Runs inside Neovim, with three servers for one file of Python: the findings, hovers, actions and edits of each stand beside those of
-- the others. See run.sh.
local buf = vim.api.nvim_get_current_buf()
local names = { aiolens = 'aiolens', pyright = 'Pyright', ruff = 'Ruff' } -- of clients, and what they call themselves in findings

local function say(text)
  io.stdout:write(text .. '\n')
end

local function wait(what, f)
  if not vim.wait(60000, f, 20) then
    error('timeout: ' .. what .. '\n' .. vim.inspect(vim.tbl_map(function(d)
      return { d.source, d.code, d.lnum, d.col, d.message }
    end, vim.diagnostic.get(buf))), 0)
  end
end

local function expect(what, got, want)
  if not vim.deep_equal(got, want) then
    error(string.format('%s: got %s, want %s', what, vim.inspect(got), vim.inspect(want)), 0)
  end
end

local function contains(what, all, part)
  if not all:find(part, 1, true) then
    error(string.format('%s: no %q in:\n%s', what, part, all), 0)
  end
end

local function lines()
  return vim.api.nvim_buf_get_lines(buf, 0, -1, true)
end

-- shown are the findings of some codes as "source code text", sorted.
local function shown(...)
  local all = {}
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    if vim.tbl_contains({ ... }, d.code) then
      table.insert(all, string.format('%s %s %s', d.source, d.code, lines()[d.lnum + 1]:sub(d.col + 1, d.end_col)))
    end
  end
  table.sort(all)
  return all
end

-- What each server finds; what two of them find, in the words of one.
local function findings(fixed)
  local want = {
    'Pyright reportAssignmentType "é😀"',
    'Pyright reportUnusedCoroutine price()',
    'Ruff F401 os',
    'Ruff RUF006 asyncio.create_task(price())',
    'aiolens AIO207 settle',
  }
  if not fixed then
    table.insert(want, 3, 'Ruff ASYNC251 time.sleep')
  end
  local codes = { 'reportAssignmentType', 'reportUnusedCoroutine', 'F401', 'ASYNC251', 'RUF006', 'ASYNC300', 'AIO101', 'AIO207' }
  wait('findings ' .. vim.inspect(want), function() return vim.deep_equal(shown(unpack(codes)), want) end)
  local others, own = {}, {}
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    (d.source == 'aiolens' and own or others)[d.lnum .. ':' .. d.col] = d.code or d.message
  end
  for place, code in pairs(own) do
    expect('beside ' .. code, others[place], nil)
  end
end

local function overlap()
  local client = vim.lsp.get_clients({ bufnr = buf, name = 'aiolens' })[1]
  local function tell(own)
    client.settings = { aiolens = own }
    client:notify('workspace/didChangeConfiguration', { settings = client.settings })
  end
  tell({ overlap = 'report' })
  wait('all findings', function()
    return vim.deep_equal(shown('ASYNC251', 'AIO101', 'reportUnusedCoroutine'), {
      'Pyright reportUnusedCoroutine price()', 'Ruff ASYNC251 time.sleep', 'aiolens AIO101 price()', 'aiolens ASYNC251 time.sleep',
    })
  end)
  tell(vim.empty_dict())
  findings()
end

local function encodings()
  local units = {}
  for _, client in ipairs(vim.lsp.get_clients({ bufnr = buf })) do
    units[client.name] = client.offset_encoding
  end
  expect('units of columns', units, { aiolens = 'utf-16', pyright = 'utf-16', ruff = 'utf-16' })
  vim.cmd('silent checkhealth vim.lsp')
  local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  contains('health', health, 'Position Encodings')
  expect('a warning of positions', health:match('WARNING[^\n]*ncoding[^\n]*'), nil)
  vim.cmd('bwipeout!')
  vim.api.nvim_set_current_buf(buf)
  expect('messages of positions', vim.api.nvim_exec2('messages', { output = true }).output:match('[^\n]*ncoding[^\n]*'), nil)
  local log = table.concat(vim.fn.readfile(vim.lsp.log.get_filename()), '\n')
  expect('the log of positions', log:match('[^\n]*WARN[^\n]*ncoding[^\n]*'), nil)
end

local function hover()
  vim.api.nvim_win_set_cursor(0, { 11, #'    note = "é😀"; time.sl' })
  vim.lsp.buf.hover()
  local float
  wait('a hover', function()
    float = vim.tbl_filter(function(w) return vim.api.nvim_win_get_config(w).relative ~= '' end, vim.api.nvim_list_wins())[1]
    return float
  end)
  local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float), 0, -1, true), '\n')
  contains('hover of aiolens', text, 'ASYNC251')
  contains('hover of pyright', text, '(function) def sleep(')
  vim.api.nvim_win_close(float, true)
end

local function actions()
  local offered
  vim.ui.select = function(items)
    offered = {}
    for _, item in ipairs(items) do
      offered[item.action.title] = vim.lsp.get_client_by_id(item.ctx.client_id).name
    end
  end
  vim.lsp.buf.code_action()
  wait('actions', function() return offered end)
  expect('our fix', offered['Use `await asyncio.sleep()`'], 'aiolens')
  expect("ruff's action", offered['Ruff (ASYNC251): Disable for this line'], 'ruff')

  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.isPreferred and action.title:find('asyncio.sleep', 1, true) end })
  wait('the fix', function() return lines()[11] == '    note = "é😀"; await asyncio.sleep(1)' end)
  findings(true)
end

local function format()
  vim.lsp.buf.format({ name = 'ruff', timeout_ms = 10000 })
  contains('formatted', table.concat(lines(), '\n'), '\n    note = "é😀"\n    await asyncio.sleep(1)\n')
  contains('formatted', table.concat(lines(), '\n'), '\n    if total:\n        settle(3)')
  findings(true)
end

local function test()
  wait('three servers', function()
    local running = vim.tbl_filter(function(c) return c.initialized and names[c.name] end, vim.lsp.get_clients({ bufnr = buf }))
    return #running == 3
  end)
  findings()
  say('ok    findings of aiolens, pyright and ruff, none twice')
  overlap()
  say('ok    what others show is shown, too, with overlap = "report"')
  encodings()
  say('ok    no warning about units of columns')
  hover()
  say('ok    one hover of aiolens and pyright')
  actions()
  say('ok    actions of aiolens and ruff; a fix of ours, and all know the new text')
  format()
  say('ok    ruff formats, and all know the new text')
  local v = vim.version()
  say(string.format('PASS  neovim %d.%d.%d (beside pyright and ruff)', v.major, v.minor, v.patch))
end

local ok, err = pcall(test)
if not ok then
  say('FAIL  ' .. tostring(err))
  vim.cmd('cquit 1')
end
vim.cmd('qall!')
