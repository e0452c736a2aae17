-- Runs inside Neovim, with a file of Python open and the init.lua of README.md; see run.sh.
local buf = vim.api.nvim_get_current_buf()
local plugin = os.getenv('AIOLENS_WAY') == 'plugin'

local function has(version)
  return vim.fn.has('nvim-' .. version) == 1
end

local function say(text)
  io.stdout:write(text .. '\n')
end

-- wait returns the first value of f that is neither nil nor false.
local function wait(what, f)
  local value
  if not vim.wait(15000, function() value = f() return value end, 10) then
    error('timeout: ' .. what, 0)
  end
  return value
end

local function expect(what, got, want)
  if not vim.deep_equal(got, want) then
    error(string.format('%s: got %s, want %s', what, vim.inspect(got), vim.inspect(want)), 0)
  end
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, true), '\n')
end

local function contains(what, all, part)
  if not all:find(part, 1, true) then
    error(string.format('%s: no %q in:\n%s', what, part, all), 0)
  end
end

-- the one client that runs for the buffer
local function client()
  local all = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = buf }) or vim.tbl_values(vim.lsp.buf_get_clients(buf))
  all = vim.tbl_filter(function(c) return c.name == 'aiolens' and c.initialized end, all)
  return all[1]
end

-- findings are those of a rule, as { line, column, text from there on }, from 0 and in bytes.
local function findings(code, name)
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    if d.source == 'aiolens' and d.code == code then
      local line = vim.api.nvim_buf_get_lines(buf, d.lnum, d.lnum + 1, true)[1]
      table.insert(found, { d.lnum, d.col, line:sub(d.col + 1, d.col + #name) })
    end
  end
  table.sort(found, function(a, b) return a[1] < b[1] end)
  return found
end

local function sleeps() return findings('ASYNC251', 'time.sleep') end

local function request(method, params)
  local answer, err = vim.lsp.buf_request_sync(buf, method, params, 5000)
  local own = answer and answer[client().id]
  if not own then
    error(method .. ': no answer ' .. tostring(err), 0)
  end
  expect(method .. ': error', own.error or own.err, nil)
  return own.result
end

-- A fix: as a user does it where the menu can be answered, by hand before.
local function fix(line, column)
  vim.api.nvim_win_set_cursor(0, { line + 1, column })
  if has('0.8') then
    return vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.isPreferred end })
  end
  local params = vim.lsp.util.make_range_params(0, client().offset_encoding)
  params.context = { diagnostics = {} }
  for _, action in ipairs(request('textDocument/codeAction', params) or {}) do
    if action.title == 'Use `await asyncio.sleep()`' then
      local whole = action.edit and action or request('codeAction/resolve', action)
      return vim.lsp.util.apply_workspace_edit(whole.edit, client().offset_encoding)
    end
  end
  error('no fix', 0)
end

local function diagnostics()
  wait('diagnostics', function() return #sleeps() == 2 end)
  expect('findings', sleeps(), { { 10, 4, 'time.sleep' }, { 14, 21, 'time.sleep' } })
  say('ok    findings at the right columns, before and behind an emoji')

  local related = {}
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    vim.list_extend(related, vim.tbl_get(d, 'user_data', 'lsp', 'relatedInformation') or {})
  end
  local last = related[#related]
  if has('0.8') then
    contains('related information', last and last.message or '', '`save` blocks here')
    contains('its place', last.location.uri, 'store.py')
    say('ok    related information says where a function blocks')
  end
  if has('0.12') then
    vim.api.nvim_win_set_cursor(0, { 19, 4 })
    local _, window = vim.diagnostic.open_float()
    vim.api.nvim_set_current_win(window)
    assert(vim.fn.search('store.py') > 0, 'the window does not name the other file')
    vim.cmd('normal gf')
    expect('the file that opens', vim.fn.expand('%:t'), 'store.py')
    expect('the cursor in it', vim.api.nvim_win_get_cursor(0), { 5, 4 })
    vim.cmd('close')
    vim.api.nvim_win_close(window, true)
    expect('the file after that', vim.api.nvim_get_current_buf(), buf)
    say('ok    related information opens the other file')
  end
end

local function hover()
  vim.api.nvim_win_set_cursor(0, { 11, 6 })
  local answer = request('textDocument/hover', vim.lsp.util.make_position_params(0, client().offset_encoding))
  contains('hover', answer.contents.value, 'ASYNC251')
  say('ok    hover shows the page of the rule')
end

-- Settings change in a file, and in the editor.
local function settings()
  local function save(line)
    vim.fn.writefile({ line }, 'aiolens.toml')
    vim.cmd('silent write!')
  end
  save('ignore = ["ASYNC251"]')
  wait('the settings file to count', function() return #sleeps() == 0 end)
  save('')
  wait('the settings file to be empty again', function() return #sleeps() == 2 end)
  say('ok    a changed settings file counts when a file is saved')

  local c = client()
  local function tell(own)
    local all = { aiolens = own }
    c.config.settings = all
    if has('0.11') then
      c.settings = all
      c:notify('workspace/didChangeConfiguration', { settings = all })
    else
      if has('0.10') then c.settings = all end
      c.notify('workspace/didChangeConfiguration', { settings = all })
    end
  end
  tell({ ignore = { 'ASYNC251' } })
  wait('the settings of the editor to count', function() return #sleeps() == 0 end)
  tell({ ignore = { 'ASYNC300' } })
  wait('the settings of the editor to change', function() return #sleeps() == 2 end)
  tell(vim.empty_dict())
  say('ok    settings changed in the editor count at once')
end

local function fixes()
  local last = sleeps()[2]
  fix(last[1], last[2])
  wait('one finding to be gone', function() return #sleeps() == 1 end)
  contains('the fix', text(), '    note = "é😀"; await asyncio.sleep(2)')
  say('ok    a fix applied, its finding is gone')
end

-- The names of the patterns that are offered at the cursor.
local function completion()
  if not client().server_capabilities.completionProvider then
    return say('SKIP  completion: this server has none')
  end
  vim.fn.append(vim.fn.line('$'), '    aio-taskg')
  vim.api.nvim_win_set_cursor(0, { vim.fn.line('$'), 13 })
  local answer = request('textDocument/completion', {
    textDocument = vim.lsp.util.make_text_document_params(buf),
    position = { line = vim.fn.line('$') - 1, character = 13 },
  })
  local item
  for _, i in ipairs(answer and (answer.items or answer) or {}) do
    item = i.label == 'aio-taskgroup' and i or item
  end
  assert(item, 'aio-taskgroup is not offered')
  if not has('0.11') then
    return say('ok    completion offers aio-taskgroup')
  end
  vim.api.nvim_buf_set_lines(buf, -2, -1, true, {})
  -- As a user does it: type, choose, accept, fill in. typed presses keys one after another, the last when it is time;
  -- it returns when the insert mode is over.
  local function typed(keys, last, ready)
    local tries = 0
    local function press()
      tries = tries + 1
      local key = table.remove(keys, 1)
      local ends = not key and (not ready or ready() or tries > 300)
      key = key or ends and last
      if key then
        vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(key, true, false, true), 't', false)
      end
      if not ends then
        vim.defer_fn(press, 30)
      end
    end
    press()
    vim.api.nvim_feedkeys('', 'x!', false)
  end
  local function accept(word, label)
    typed(vim.list_extend({ 'Go' }, vim.split(word, '')), '<C-n><C-y>', function()
      return vim.fn.pumvisible() == 1 and vim.iter(vim.fn.complete_info({ 'items' }).items):any(function(i) return i.abbr == label end)
    end)
  end
  accept('aio-taskg', 'aio-taskgroup')
  wait('the snippet', function() return vim.fn.mode() == 's' end)
  typed(vim.split('group', ''), '<Tab>')
  wait('the next place', function() return vim.fn.mode() == 's' end)
  typed(vim.split('one', ''), '<Esc>')
  vim.snippet.stop()
  contains('the snippet', text(), '\n    async with asyncio.TaskGroup() as group:\n        one = group.create_task(')
  say('ok    completion comes while aio-taskg is typed; Tab goes from place to place')
  accept('gather', 'aio-gather')
  wait('another snippet', function() return vim.fn.mode() == 's' end)
  contains('another snippet', text(), 'asyncio.gather(')
  vim.cmd('stopinsert')
  vim.snippet.stop()
  say('ok    completion comes while gather is typed')
end

local function save()
  dofile(os.getenv('AIOLENS_ON_SAVE'))
  vim.cmd('silent write!')
  contains('fixed on save', text(), '    await asyncio.sleep(1)')
  wait('the findings to be gone', function() return #sleeps() == 0 end)
  say('ok    what is safely fixable is fixed on save')
end

-- The server is killed; what the page says brings it back.
local function crash()
  local before, pid = #vim.diagnostic.get(buf), vim.fn.readfile(os.getenv('AIOLENS_PID'))[1]
  vim.loop.kill(tonumber(pid), 'sigkill')
  wait('the crash to be noticed', function() return not client() end)
  wait('the findings to vanish', function() return #vim.diagnostic.get(buf) == 0 end)
  vim.cmd(plugin and 'AioLens restart' or has('0.11') and "lua vim.lsp.enable('aiolens')" or 'edit')
  wait('findings after the crash', function() return client() and #vim.diagnostic.get(buf) == before end)
  assert(vim.fn.readfile(os.getenv('AIOLENS_PID'))[1] ~= pid, 'the same process')
  say('ok    after a crash the server is started again')
end

local function commands()
  local id = client().id
  vim.cmd('AioLens restart')
  wait('another server', function() local c = client() return c and c.id ~= id end)
  wait('diagnostics after the restart', function() return #sleeps() == 1 end)
  say('ok    :AioLens restart')

  local window = vim.api.nvim_get_current_win()
  local function shown(command, part)
    vim.api.nvim_set_current_win(window)
    vim.cmd(command)
    wait(command, function() return vim.api.nvim_get_current_win() ~= window end)
    contains(command, table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n'), part)
    vim.cmd('bwipeout!')
    vim.api.nvim_set_current_win(window)
    say('ok    :' .. command)
  end
  vim.api.nvim_win_set_cursor(0, { sleeps()[1][1] + 1, 8 })
  shown('AioLens explain', 'ASYNC251')
  shown('AioLens explain ASYNC300', 'ASYNC300')
  shown('AioLens info', 'position encoding')
  shown('AioLens log', '')
  shown('checkhealth aiolens', 'a server runs for')

  expect('completion of commands', vim.fn.getcompletion('AioLens re', 'cmdline'), { 'restart' })
  expect('completion of rules', vim.fn.getcompletion('AioLens explain ASYNC25', 'cmdline'), { 'ASYNC250', 'ASYNC251' })
  say('ok    :AioLens completes commands and rules')

  if not client().server_capabilities.completionProvider then
    return say('SKIP  :AioLens snippets: this server has none')
  end
  local offered
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      if item.label == 'aio-timeout' then
        offered = options.format_item(item)
        choose(item)
      end
    end
  end
  vim.fn.append(vim.fn.line('$'), { '', '', 'async def late() -> None:', '    pass', '' })
  vim.api.nvim_win_set_cursor(0, { vim.fn.line('$'), 0 })
  vim.cmd('AioLens snippets')
  wait('a snippet', function() return offered end)
  contains(':AioLens snippets', text(), '\n    pass\n    try:\n        async with asyncio.timeout(')
  vim.cmd('stopinsert')
  say('ok    :AioLens snippets')
end

local function test()
  local c = wait('the server', client)
  diagnostics()
  hover()
  settings()
  fixes()
  completion()
  if plugin then commands() end
  if plugin or has('0.11') then save() end
  if not plugin then vim.cmd('silent write!') end
  crash()

  c = client()
  local method = has('0.11') and c or nil -- functions of a client became methods
  c.stop(method)
  wait('the server to end', function() return c.is_stopped(method) end)
  local v = vim.version()
  say(string.format('PASS  neovim %d.%d.%d (%s, %s)', v.major, v.minor, v.patch, os.getenv('AIOLENS_WAY'), c.offset_encoding))
end

local function run()
  local ok, err = pcall(test)
  if not ok then
    say('FAIL  ' .. tostring(err))
    vim.cmd('cquit 1')
  end
  vim.cmd('qall!')
end

-- As for a user, everything has started.
vim.api.nvim_create_autocmd('VimEnter', { callback = vim.schedule_wrap(run) })
