/*
 * Saying no: every way has one constant, one status, one type and one title, and they stand in one
 * table. What is particular to the case is in `detail` and `bevindingen` (RFC 9457).
 */
#include "desk/problem.h"

#include "codec/findings_json.h"
#include "codec/json_writer.h"

static const struct {
    unsigned status;
    const char *type, *title;
} problems[PROBLEM_COUNT] = {
#define PROBLEM_ROW(constant, status, id, title) [constant] = {status, "/problemen/" id, title},
    PROBLEMS(PROBLEM_ROW)
#undef PROBLEM_ROW
};

unsigned problem_status(enum problem problem)
{
    return problems[problem].status;
}

const char *problem_type(enum problem problem)
{
    return problems[problem].type;
}

const char *problem_title(enum problem problem)
{
    return problems[problem].title;
}

struct reply problem_reply(enum problem problem, const char *detail,
                           const struct findings *findings)
{
    struct reply reply = {
        .status = problems[problem].status,
        .content_type = "application/problem+json",
    };
    struct json json;
    json_init(&json, &reply.body);
    json_open_object(&json, NULL);
    json_puts(&json, "type", problems[problem].type);
    json_int(&json, "status", problems[problem].status);
    json_puts(&json, "title", problems[problem].title);
    json_puts(&json, "detail", detail);
    if (findings != NULL) findings_json_put(&json, "bevindingen", findings);
    json_close_object(&json);
    return reply;
}
