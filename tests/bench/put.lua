-- wrk: PUT an example delivery again and again, each time with another number of lawyers, in turn for
-- every organisation. Arguments: token, file with the delivery (jurist is its last fte), organisations.
local count, paths, before, after = 0, {}, nil, nil

function init(arguments)
    wrk.method = "PUT"
    wrk.headers["Content-Type"] = "application/json"
    wrk.headers["Authorization"] = "Bearer " .. arguments[1]
    local file = assert(io.open(arguments[2]))
    local text = file:read("*a")
    file:close()
    local first, last = text:find('"jurist": [%d.]+')
    before, after = text:sub(1, first - 1) .. '"jurist": ', text:sub(last + 1)
    for i = 3, #arguments do
        paths[#paths + 1] = "/v1/monitors/gi/peildata/2024-10-01/aanleveringen/" .. arguments[i]
    end
end

function request()
    count = count + 1
    local path = paths[count % #paths + 1]
    return wrk.format(nil, path, nil, before .. (count % 100000) / 100 .. after)
end

function done(summary)
    local errors = summary.errors
    local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format("RESULT %f %d\n", summary.requests / summary.duration * 1e6, bad))
end
