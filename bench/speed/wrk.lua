-- Asks what a plan says, and ends with a line of JSON about it. Arguments: the file of the plan, the number to count
-- from, and `compare`, to have every answer compared with those that the plan expects. A plan is a table of
--   requests  each with method, path, headers, body, weight, and perhaps `parameters`, which are put into another order
--             every time; in path and body, @serial, @low and @high stand for numbers that never come twice together
--   statuses, bodies  what may be answered

local threads = {}
local total = 0

function setup(thread)
  threads[#threads + 1] = thread
end

-- The parameters in some order; neighbours of one name are now and then joined by a comma.
local function reordered(parameters)
  local order = {}
  for i, parameter in ipairs(parameters) do
    local at = math.random(i)
    order[i] = order[at]
    order[at] = parameter
  end
  local parts = {}
  for i, parameter in ipairs(order) do
    local before = order[i - 1]
    if before and before.name == parameter.name and math.random(2) == 1 then
      parts[#parts] = parts[#parts] .. ',' .. parameter.value
    else
      parts[#parts + 1] = parameter.name .. '=' .. parameter.value
    end
  end
  return table.concat(parts, '&')
end

local function chosen()
  local at = math.random(total)
  for _, asked in ipairs(plan.requests) do
    at = at - asked.weight
    if at <= 0 then return asked end
  end
end

local function anew()
  local asked = #plan.requests == 1 and plan.requests[1] or chosen()
  serial = serial + 1
  local numbers = {
    serial = string.format('%09d', serial),
    low = 10000 + serial % 30000,
    high = 40000 + math.floor(serial / 30000) % 25000,
  }
  local path = asked.path:gsub('@(%a+)', numbers)
  local body = asked.body and asked.body:gsub('@(%a+)', numbers)
  if asked.parameters then path = path .. '?' .. reordered(asked.parameters) end
  return wrk.format(asked.method, path, asked.headers, body)
end

local function compare(status, _, body)
  -- An answer repeats the serial of its question.
  body = body:gsub('%s+$', ''):gsub(('%d'):rep(9), '000000000')
  if plan.statuses[status] and plan.bodies[body] then return end
  wrong = wrong + 1
  if wrong == 1 then io.stderr:write('unexpected: ', status, ' ', body:sub(1, 300), '\n') end
end

function init(args)
  plan = dofile(args[1])
  serial = tonumber(args[2])
  wrong = 0
  math.randomseed(serial)
  for _, asked in ipairs(plan.requests) do
    asked.headers['Host'] = wrk.headers['Host']
    total = total + asked.weight
  end
  if args[3] == 'compare' then response = compare end
  local first = plan.requests[1]
  if #plan.requests > 1 or first.varies then
    request = anew
  else
    -- One request that never changes is made once.
    wrk.method, wrk.path, wrk.headers, wrk.body = first.method, first.path, first.headers, first.body
  end
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  local unexpected = errors.status
  for _, thread in ipairs(threads) do unexpected = unexpected + thread:get('wrong') end
  io.write(string.format(
    '\n{"requests":%d,"us":%d,"p50Us":%d,"p99Us":%d,"bytes":%d,"failed":%d,"unexpected":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), summary.bytes, failed, unexpected
  ))
end
