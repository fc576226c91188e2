-- wrk: PUT a delivery again and again, each time with another number of sick days, so that each is
-- a new revision. Arguments: token, file with the delivery. The URL is the delivery's.
local count, before, after = 0, nil, nil

function init(arguments)
    wrk.method = "PUT"
    wrk.headers["Content-Type"] = "application/json"
    wrk.headers["Authorization"] = "Bearer " .. arguments[1]
    local file = assert(io.open(arguments[2]))
    local text = file:read("*a")
    file:close()
    local first, last = text:find('"ziektedagen": %d+')
    before, after = text:sub(1, first - 1) .. '"ziektedagen": ', text:sub(last + 1)
end

function request()
    count = count + 1
    return wrk.format(nil, nil, nil, before .. (1000 + count % 30000) .. after)
end

function done(summary)
    local errors = summary.errors
    local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format("RESULT %f %d\n", summary.requests / summary.duration * 1e6, bad))
end
