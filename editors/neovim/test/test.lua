-- Runs inside Neovim; see run.sh. It is written for 0.7, and takes the newer ways of starting a server where they exist.
local file = os.getenv('AIOLENS_FILE')

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

-- start starts the server in one of the ways of the README, and returns which.
local function start(buf)
  if vim.fn.has('nvim-0.11') == 1 then
    vim.opt.runtimepath:append(os.getenv('AIOLENS_PLUGIN'))
    vim.lsp.enable('aiolens')
    vim.bo[buf].filetype = 'python'
    return 'vim.lsp.enable'
  end
  vim.bo[buf].filetype = 'python'
  if vim.fn.has('nvim-0.8') == 1 then
    vim.lsp.start({ name = 'aiolens', cmd = { 'aiolens', 'server' }, root_dir = vim.fn.fnamemodify(file, ':h') })
    return 'vim.lsp.start'
  end
  vim.lsp.buf_attach_client(buf, vim.lsp.start_client({ name = 'aiolens', cmd = { 'aiolens', 'server' } }))
  return 'vim.lsp.start_client'
end

-- sleeps are the findings of time.sleep, as { line, column, text from there on }, from 0 and in bytes.
local function sleeps(buf)
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(buf)) do
    if d.source == 'aiolens' and d.code == 'ASYNC251' then
      local line = vim.api.nvim_buf_get_lines(buf, d.lnum, d.lnum + 1, true)[1]
      table.insert(found, { d.lnum, d.col, line:sub(d.col + 1, d.col + #'time.sleep') })
    end
  end
  table.sort(found, function(a, b) return a[1] < b[1] end)
  return found
end

local function request(client, buf, method, params)
  local answer, err = vim.lsp.buf_request_sync(buf, method, params, 5000)
  if not answer or not answer[client.id] then
    error(method .. ': no answer ' .. tostring(err), 0)
  end
  expect(method .. ': error', answer[client.id].error or answer[client.id].err, nil)
  return answer[client.id].result
end

local function test()
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  local buf = vim.api.nvim_get_current_buf()
  local way = start(buf)
  local client = wait('the server', function()
    local clients = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = buf }) or vim.lsp.buf_get_clients(buf)
    local _, c = next(clients)
    return c and c.initialized and c
  end)

  wait('diagnostics', function() return #sleeps(buf) == 2 end)
  expect('findings', sleeps(buf), { { 5, 4, 'time.sleep' }, { 9, 21, 'time.sleep' } })
  say('ok    findings at the right columns, before and behind an emoji')

  -- The cursor stands on the finding behind the emoji; Neovim converts its column itself.
  vim.api.nvim_win_set_cursor(0, { 10, 21 })
  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  params.context = { diagnostics = {} }
  local preferred, ignore
  for _, action in ipairs(request(client, buf, 'textDocument/codeAction', params) or {}) do
    preferred = preferred or (action.isPreferred and action)
    ignore = ignore or (action.title:match('^Ignore ASYNC251') and action)
  end
  assert(preferred and preferred.edit, 'no preferred fix')
  assert(ignore and ignore.edit, 'no comment to ignore it')
  vim.lsp.util.apply_workspace_edit(preferred.edit, client.offset_encoding)
  wait('one finding to be gone', function() return #sleeps(buf) == 1 end)
  local text = table.concat(vim.api.nvim_buf_get_lines(buf, 0, -1, true), '\n')
  assert(text:find('    note = "é😀"; await asyncio.sleep(2)', 1, true), 'not fixed:\n' .. text)
  assert(text:find('import asyncio', 1, true), 'no import:\n' .. text)
  say('ok    "' .. preferred.title .. '" applied, its finding is gone')

  local line = sleeps(buf)[1][1]
  vim.api.nvim_win_set_cursor(0, { line + 1, 6 })
  local hover = request(client, buf, 'textDocument/hover', vim.lsp.util.make_position_params(0, client.offset_encoding))
  assert(hover and hover.contents.value:find('ASYNC251', 1, true), 'no page of the rule')
  say('ok    hover shows the page of the rule')

  if vim.fn.has('nvim-0.8') == 1 then
    -- As a user does it: the menu, with one entry that fits.
    vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.isPreferred end })
    wait('no finding to be left', function() return #sleeps(buf) == 0 end)
    say('ok    code_action() applied')
  end

  local method = vim.fn.has('nvim-0.11') == 1 and client or nil -- functions of a client became methods
  client.stop(method)
  wait('the server to end', function() return client.is_stopped(method) end)
  local v = vim.version()
  say(string.format('PASS  neovim %d.%d.%d (%s, %s)', v.major, v.minor, v.patch, way, client.offset_encoding))
end

local ok, err = pcall(test)
if not ok then
  say('FAIL  ' .. tostring(err))
  vim.cmd('cquit 1')
end
vim.cmd('qall!')
