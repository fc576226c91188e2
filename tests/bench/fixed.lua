-- wrk: the same request again and again. Arguments: method, and after it header name, value, ...; a
-- last one alone names a file with the body.
function init(arguments)
    wrk.method = arguments[1]
    local at = 2
    while arguments[at + 1] do
        wrk.headers[arguments[at]] = arguments[at + 1]
        at = at + 2
    end
    if arguments[at] then
        local file = assert(io.open(arguments[at]))
        wrk.body = file:read("*a")
        file:close()
    end
end

function done(summary)
    local errors = summary.errors
    local bad = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    io.write(string.format("RESULT %f %d\n", summary.requests / summary.duration * 1e6, bad))
end
