/*
 * Whether the daemon lives and whether it can answer, as plain text for whoever only asks that.
 * Ready means that every log has been replayed; it stays so when Redis goes away, because figures
 * are answered from memory.
 */
#include "desk/handlers.h"

static struct verdict plain(unsigned status, const char *line)
{
    struct reply reply = {.status = status, .content_type = "text/plain; charset=utf-8"};
    text_puts(&reply.body, line);
    return verdict_reply(reply);
}

struct verdict health_live(struct visit *visit)
{
    (void)visit; /* whoever gets here lives */
    return plain(200, "ok\n");
}

struct verdict health_ready(struct visit *visit)
{
    if (desk_ready(visit->desk)) return plain(200, "gereed\n");
    return plain(503, "nog niet gereed\n");
}

struct verdict health_root(struct visit *visit)
{
    (void)visit;
    return plain(200, "gimon: cijfers van monitors. Begin bij /v1/monitors.\n");
}
