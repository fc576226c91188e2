/*
 * The headers that do not depend on what was decided but on how: the version under /v1, the
 * security headers of the NL API Design Rules, what a cache may keep, and what goes with a status
 * (401 asks for a token, 503 says when to come back). HSTS belongs to TLS and is set there.
 */
#include "desk/headers.h"

#include "codec/html_page.h"
#include "core/digest.h"

struct slice headers_date(struct moment moment, struct arena *arena)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const int seconds_a_day = 24 * 60 * 60;
    const int64_t seconds = moment.ms / 1000;
    const struct date date = {.day = (int32_t)(seconds / seconds_a_day)};
    const struct civil civil = date_to_civil(date);
    const int of_day = (int)(seconds % seconds_a_day);
    return arena_print(arena, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[date_weekday(date)],
                       civil.day, months[civil.month - 1], civil.year, of_day / 3600,
                       of_day / 60 % 60, of_day % 60);
}

static bool under_v1(struct slice path)
{
    return slice_is(path, "/v1") || slice_starts(path, "/v1/");
}

static void add(struct reply *reply, const char *name, const char *value)
{
    reply_add_header(reply, name, slice_of(value));
}

static bool has_etag(const struct reply *reply)
{
    for (size_t i = 0; i < reply->header_count; i++) {
        if (slice_is(slice_of(reply->headers[i].name), "ETag")) return true;
    }
    return false;
}

/*
 * Kept only where an ETag lets the client ask whether it is still right, and asked every time:
 * figures may change at any moment, and what is shown depends on the token.
 */
static void add_caching(struct reply *reply, const struct request *request)
{
    const bool read = request->method == METHOD_GET || request->method == METHOD_HEAD;
    const bool fresh = reply->status == 200 || reply->status == 304;
    if (read && fresh && has_etag(reply)) {
        add(reply, "Cache-Control", "private, no-cache");
        add(reply, "Vary", "Accept, Authorization");
    } else {
        add(reply, "Cache-Control", "no-store");
    }
}

/*
 * Nothing may be loaded or run. A page may use the style that stands in it, which is named by its
 * hash (CSP 3, section 2.3.1), so a page that is saved or printed keeps it and nothing else fits.
 */
static struct slice security_policy(const struct reply *reply, struct arena *arena)
{
    static const char nothing[] = "default-src 'none'; frame-ancestors 'none'";
    if (!slice_starts(slice_of(reply->content_type), "text/html")) return slice_of(nothing);
    const struct digest digest = digest_of(html_style());
    struct text hash = {0};
    digest_put_base64(&hash, &digest);
    const struct slice policy =
        arena_print(arena, "%s; base-uri 'none'; form-action 'none'; style-src 'sha256-%.*s'",
                    nothing, (int)hash.len, hash.ptr);
    text_done(&hash);
    return policy;
}

void headers_add_common(struct reply *reply, const struct request *request)
{
    if (under_v1(request->path)) add(reply, "API-Version", HEADERS_API_VERSION);
    add_caching(reply, request);
    reply_add_header(reply, "Content-Security-Policy", security_policy(reply, request->arena));
    add(reply, "X-Content-Type-Options", "nosniff");
    add(reply, "X-Frame-Options", "DENY");
    add(reply, "Referrer-Policy", "no-referrer");
    if (reply->status == 401) add(reply, "WWW-Authenticate", "Bearer realm=\"gimon\"");
    if (reply->status == 503) add(reply, "Retry-After", "1");
}
