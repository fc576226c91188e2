/*
 * What an audit line will say of a visit. A part of the path is free text until something by that
 * name has been found; what was not looked up stays as the template has it.
 */
#include "desk/deed.h"

#include "desk/audit.h"

static bool is_found(const struct visit *visit, enum route_part part)
{
    switch (part) {
    case PART_MONITOR: return visit->ledger != NULL;
    case PART_PEILDATUM: return visit->peildatum != NULL;
    case PART_ORGANISATION: return visit->organisation != NULL;
    case PART_TABLE: return visit->table != NULL;
    case PART_EDITION: return visit->edition != NULL;
    case PART_REVISION:
    case PART_COUNT: break;
    }
    return false;
}

static struct slice fill_in(const struct visit *visit, struct slice piece)
{
    for (unsigned part = 0; part < PART_COUNT; part++) {
        if (!slice_is(piece, route_part_text((enum route_part)part))) continue;
        return is_found(visit, (enum route_part)part) ? visit->match.parts[part] : piece;
    }
    return piece;
}

static struct slice describe_object(const struct visit *visit, struct slice template)
{
    struct text text = {0};
    for (bool more = true; more;) {
        struct slice piece;
        more = slice_cut(template, '/', &piece, &template);
        text_put(&text, fill_in(visit, piece));
        if (more) text_putc(&text, '/');
    }
    const struct slice object = arena_copy(visit->request->arena, text_slice(&text));
    text_done(&text);
    return object;
}

struct deed deed_describe(const struct visit *visit, const char *route)
{
    const struct request *request = visit->request;
    struct deed deed = {.method = request->method, .role = role_id(visit->role)};
    if (!audit_wanted(request->method)) return deed;
    deed.object = describe_object(visit, slice_of(route));
    if (visit->token != NULL) deed.actor = arena_copy(request->arena, visit->token->name);
    return deed;
}
