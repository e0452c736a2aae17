-- The client's side of aiolens in Neovim, 0.7 or newer.
local M = {}

---@class aiolens.Options
M.options = {
  cmd = { 'aiolens', 'server' },
  filetypes = { 'python' },
  root_markers = { 'aiolens.toml', 'pyproject.toml', 'setup.py', '.git' },
  settings = vim.empty_dict(), -- the keys of [tool.aiolens] in pyproject.toml; they win over the file
}

local function has(version)
  return vim.fn.has('nvim-' .. version) == 1
end

local function say(text, level)
  vim.notify('aiolens: ' .. text, level or vim.log.levels.INFO)
end

-- Functions of a client became methods in 0.11. ask sends it a request; wait also waits for the answer, a second at most.
local function ask(client, method, params, handler, buf)
  if has('0.11') then
    return client:request(method, params, handler, buf)
  end
  return client.request(method, params, handler, buf)
end

local function wait(client, method, params, buf)
  local answer, err
  if has('0.11') then
    answer, err = client:request_sync(method, params, 1000, buf)
  else
    answer, err = client.request_sync(method, params, 1000, buf)
  end
  err = err or answer and answer.err and answer.err.message
  if err then
    say(method .. ': ' .. err, vim.log.levels.ERROR)
  end
  return answer and answer.result
end

local function stopped(client)
  if has('0.11') then
    return client:is_stopped()
  end
  return client.is_stopped()
end

local function stop(client, force)
  if has('0.11') then
    client:stop(force)
  else
    client.stop(force)
  end
end

local function buffers(client)
  if client.attached_buffers then
    return vim.tbl_keys(client.attached_buffers)
  end
  return vim.lsp.get_buffers_by_client_id(client.id)
end

--- The running clients of aiolens, of one buffer or of all.
function M.clients(buf)
  local all = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
  return vim.tbl_filter(function(client)
    return client.name == 'aiolens' and not stopped(client) and (not buf or vim.tbl_contains(buffers(client), buf))
  end, all)
end

-- root is the folder upward from a file that holds one of the markers, or nil.
local function root(file)
  local dir = vim.fn.fnamemodify(file, ':p:h')
  while true do
    for _, marker in ipairs(M.options.root_markers) do
      local path = dir .. '/' .. marker
      if vim.fn.filereadable(path) == 1 or vim.fn.isdirectory(path) == 1 then
        return dir
      end
    end
    local up = vim.fn.fnamemodify(dir, ':h')
    if up == dir then
      return nil
    end
    dir = up
  end
end

-- attach starts the server for a buffer, or attaches the one that runs for the same folder. It is for Neovim before 0.11.
local function attach(config, buf)
  if vim.lsp.start then
    local start = function() vim.lsp.start(config) end
    return vim.api.nvim_buf_call(buf, start)
  end
  for _, client in ipairs(M.clients()) do
    if client.config.root_dir == config.root_dir then
      return vim.lsp.buf_attach_client(buf, client.id)
    end
  end
  vim.lsp.buf_attach_client(buf, vim.lsp.start_client(config))
end

local function attach_file(buf)
  if vim.bo[buf].buftype ~= '' then
    return
  end
  attach({
    name = 'aiolens',
    cmd = M.options.cmd,
    root_dir = root(vim.api.nvim_buf_get_name(buf)),
    init_options = { settings = M.options.settings },
    settings = { aiolens = M.options.settings },
  }, buf)
end

local function attach_all()
  for _, buf in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buf) and vim.tbl_contains(M.options.filetypes, vim.bo[buf].filetype) then
      attach_file(buf)
    end
  end
end

--- Starts the server for all files of Python, those that are open too.
---@param options? aiolens.Options
function M.setup(options)
  M.options = vim.tbl_extend('force', M.options, options or {})
  if has('0.11') then
    vim.lsp.config('aiolens', {
      cmd = M.options.cmd,
      filetypes = M.options.filetypes,
      root_markers = M.options.root_markers,
      settings = { aiolens = M.options.settings },
    })
    vim.lsp.enable('aiolens')
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('aiolens', {}),
    pattern = M.options.filetypes,
    callback = function(event) attach_file(event.buf or vim.api.nvim_get_current_buf()) end,
  })
  attach_all()
end

--- Stops the server and starts it again, for the same buffers. One that has crashed is started for all.
function M.restart()
  local clients = M.clients()
  if #clients == 0 then
    if has('0.11') then
      vim.lsp.enable('aiolens')
    else
      attach_all()
    end
    return
  end
  for _, client in ipairs(clients) do
    local config, bufs, waited = client.config, buffers(client), 0
    stop(client)
    local function again()
      if not stopped(client) and waited < 3000 then
        waited = waited + 50
        if waited == 2000 then
          stop(client, true)
        end
        return vim.defer_fn(again, 50)
      end
      -- Neovim 0.7 keeps for ever what comes while the client ends.
      vim.diagnostic.reset(vim.lsp.diagnostic.get_namespace(client.id))
      for _, buf in ipairs(bufs) do
        if vim.api.nvim_buf_is_loaded(buf) then
          if has('0.11') then
            vim.lsp.start(config, { bufnr = buf })
          else
            attach(config, buf)
          end
        end
      end
    end
    vim.defer_fn(again, 50)
  end
end

--- Applies all safe fixes of the buffer, before it returns.
function M.fix()
  local buf = vim.api.nvim_get_current_buf()
  for _, client in ipairs(M.clients(buf)) do
    local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
    params.context = { only = { 'source.fixAll.aiolens' }, diagnostics = {} }
    for _, action in ipairs(wait(client, 'textDocument/codeAction', params, buf) or {}) do
      local whole = action.edit and action or wait(client, 'codeAction/resolve', action, buf)
      if whole and whole.edit then
        vim.lsp.util.apply_workspace_edit(whole.edit, client.offset_encoding)
      end
    end
  end
end

--- Opens the log, into which Neovim writes what the server says.
function M.log()
  local path = vim.lsp.log and vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
  vim.cmd('tabnew ' .. vim.fn.fnameescape(path))
  vim.cmd('setlocal autoread | normal! G')
end

local function scratch(text, filetype)
  vim.cmd('new')
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(text, '\n'))
  vim.bo.filetype, vim.bo.modifiable = filetype, false
end

-- run runs the program of the server with other arguments, and returns what it prints.
local function run(...)
  local out = vim.fn.system(vim.list_extend({ M.program() }, { ... }))
  return vim.trim(out), vim.v.shell_error == 0
end

--- The program that serves.
function M.program()
  for _, client in ipairs(M.clients()) do
    if type(client.config.cmd) == 'table' then
      return client.config.cmd[1]
    end
  end
  return M.options.cmd[1]
end

--- Shows the page of a rule; without one, of the finding under the cursor or else of the line.
function M.explain(rule)
  if not rule or rule == '' then
    local line, col = unpack(vim.api.nvim_win_get_cursor(0))
    for _, d in ipairs(vim.diagnostic.get(0, { lnum = line - 1 })) do
      if d.source == 'aiolens' and d.code and (not rule or d.col <= col) then
        rule = d.code
      end
    end
  end
  if not rule then
    return say('there is no finding in this line; `:AioLens explain CODE` explains any rule')
  end
  local page, ok = run('rule', tostring(rule))
  if not ok then
    return say((page:gsub('^error: ', '')), vim.log.levels.ERROR)
  end
  scratch(page, 'markdown')
end

--- Shows what a bug report should say.
function M.info()
  local client = M.clients(vim.api.nvim_get_current_buf())[1]
  if not client then
    return say('no server is attached to this buffer; see :checkhealth aiolens', vim.log.levels.WARN)
  end
  ask(client, 'workspace/executeCommand', { command = 'aiolens.printDebugInformation', arguments = {} }, function(err, text)
    if err then
      return say(err.message, vim.log.levels.ERROR)
    end
    scratch(text, '')
  end)
end

-- insert puts an item of a completion into a buffer.
local function insert(item, client, buf)
  local encoding, name = client.offset_encoding, vim.api.nvim_create_namespace('aiolens')
  local range = item.textEdit.range
  local function byte(p)
    local line = vim.api.nvim_buf_get_lines(buf, p.line, p.line + 1, false)[1] or ''
    if encoding == 'utf-8' then
      return math.min(p.character, #line)
    end
    return vim.str_byteindex(line, p.character, encoding == 'utf-16')
  end
  local from = vim.api.nvim_buf_set_extmark(buf, name, range.start.line, byte(range.start), { right_gravity = false })
  local to = vim.api.nvim_buf_set_extmark(buf, name, range['end'].line, byte(range['end']), {})
  -- Imports move the place where the snippet goes; the marks follow.
  vim.lsp.util.apply_text_edits(item.additionalTextEdits or {}, buf, encoding)
  local a = vim.api.nvim_buf_get_extmark_by_id(buf, name, from, {})
  local b = vim.api.nvim_buf_get_extmark_by_id(buf, name, to, {})
  vim.api.nvim_buf_clear_namespace(buf, name, 0, -1)
  vim.api.nvim_buf_set_text(buf, a[1], a[2], b[1], b[2], { '' })
  vim.api.nvim_win_set_cursor(0, { a[1] + 1, a[2] })
  local text = item.textEdit.newText
  if item.insertTextFormat == 2 and vim.snippet then
    vim.cmd('startinsert!')
    return vim.snippet.expand(text)
  end
  vim.api.nvim_buf_set_text(buf, a[1], a[2], a[1], a[2], vim.split(text, '\n'))
end

--- Offers the patterns that fit at the cursor, on an empty line or behind the beginning of a word, and inserts one.
function M.snippets()
  local buf = vim.api.nvim_get_current_buf()
  local client = M.clients(buf)[1]
  if not client then
    return say('no server is attached to this buffer; see :checkhealth aiolens', vim.log.levels.WARN)
  end
  if not client.server_capabilities.completionProvider then
    return say('this version of the server has no snippets', vim.log.levels.WARN)
  end
  local row = vim.api.nvim_win_get_cursor(0)[1]
  local line = vim.api.nvim_get_current_line()
  if line == '' then
    -- Indented as the line above: what fits depends on it.
    local above = vim.fn.getline(vim.fn.prevnonblank(row))
    line = above:match('^%s*') .. (above:match(':%s*$') and '    ' or '')
    vim.api.nvim_set_current_line(line)
  end
  vim.api.nvim_win_set_cursor(0, { row, #line })
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buf),
    position = { line = row - 1, character = #line }, -- a line that is not ASCII has nothing to complete
  }
  local tick = vim.api.nvim_buf_get_changedtick(buf)
  ask(client, 'textDocument/completion', params, function(err, answer)
    if err then
      return say(err.message, vim.log.levels.ERROR)
    end
    local items = vim.tbl_filter(function(item) return item.kind == 15 end, answer and (answer.items or answer) or {})
    if #items == 0 then
      return say('no snippet fits here; try an empty line in a function')
    end
    table.sort(items, function(x, y) return x.label < y.label end)
    vim.ui.select(items, {
      prompt = 'Snippet',
      format_item = function(item) return string.format('%-22s %s', item.label, item.detail or '') end,
    }, function(item)
      if item and vim.api.nvim_buf_get_changedtick(buf) == tick then
        insert(item, client, buf)
      end
    end)
  end, buf)
end

M.commands = { 'explain', 'fix', 'info', 'log', 'restart', 'snippets' }

--- Runs `:AioLens NAME [ARGUMENT]`.
function M.command(name, argument)
  if not vim.tbl_contains(M.commands, name) then
    return say('want one of ' .. table.concat(M.commands, ', ') .. ', not ' .. name, vim.log.levels.ERROR)
  end
  M[name](argument)
end

--- Completes the words of `:AioLens`.
function M.complete(lead, line)
  local words = M.commands
  if line:match('^%s*AioLens%s+%S+%s') then
    words = {}
    if line:match('^%s*AioLens%s+explain%s') then
      for code in run('rule'):gmatch('%f[%w][A-Z]+%d+%f[%W]') do
        words[#words + 1] = code
      end
    end
  end
  return vim.tbl_filter(function(word) return vim.startswith(word, lead) end, words)
end

return M
