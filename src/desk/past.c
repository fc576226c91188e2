/*
 * As of when a question is asked. It is looked at twice: first to know which definitions the path
 * means, in silence, since a stranger is not told what is on the log; and once the visitor may ask,
 * to say what is wrong with it.
 */
#include "desk/past.h"

#include "core/known.h"
#include "desk/opening.h"
#include "desk/query.h"

static bool knows(const struct visit *visit, enum route_key key)
{
    const struct route *route = visit->match.route;
    return route != NULL && visit->ledger != NULL && (route->keys & ROUTE_BIT(key)) != 0;
}

/* In a query a `+` is a blank, but an offset has one and nobody writes %2B. */
static struct slice plus_for_blank(struct slice value, struct arena *arena)
{
    struct text text;
    text_init(&text);
    for (size_t i = 0; i < value.len; i++)
        text_putc(&text, value.ptr[i] == ' ' ? '+' : value.ptr[i]);
    return text_keep(&text, arena);
}

/* Who sees nothing of the log, or editions only, is not told which records are on it. */
static bool hides_records(const struct visit *visit)
{
    return visit->role == ROLE_PUBLIC && visit->desk->open != OPEN_NATIONAL;
}

static enum known_answer parse_known(const struct visit *visit, struct slice value,
                                     struct record_id *ret_known)
{
    struct record_id record;
    if (hides_records(visit) && record_id_parse(value, &record)) return KNOWN_NOTHING;
    return known_parse(visit->ledger->state, plus_for_blank(value, visit->request->arena),
                       visit->circumstance->now, ret_known);
}

static const struct edition *find_edition(const struct visit *visit, struct slice name)
{
    return editions_find(state_editions(visit->ledger->state), name, state_now());
}

static void take_edition(struct visit *visit, const struct edition *edition)
{
    if (edition == NULL) return;
    visit->asked = edition;
    visit->known = edition->known;
    visit->past = true;
}

/* For who sees editions only, what stands is the newest of them. */
static void find_shown(struct visit *visit)
{
    struct slice value;
    visit->shown = true;
    take_edition(visit, query_value(visit, KEY_EDITION, &value) ? find_edition(visit, value)
                                                                : opening_newest(visit->ledger));
}

void past_find(struct visit *visit)
{
    struct slice value;
    struct record_id known;
    visit->known = state_now();
    if (knows(visit, KEY_EDITION) && opening_shows_only(visit)) {
        find_shown(visit);
        return;
    }
    if (knows(visit, KEY_KNOWN) && query_value(visit, KEY_KNOWN, &value) &&
        parse_known(visit, value, &known) == KNOWN_OK) {
        visit->known = known;
        visit->past = true;
        return;
    }
    if (!knows(visit, KEY_EDITION) || !query_value(visit, KEY_EDITION, &value)) return;
    take_edition(visit, find_edition(visit, value));
}

/* ---- what is wrong ---- */

static void check_known(struct visit *visit, struct slice value)
{
    struct record_id known;
    switch (parse_known(visit, value, &known)) {
    case KNOWN_OK: return;
    case KNOWN_NOTHING:
        query_find_bad(visit, KEY_KNOWN, value,
                       hides_records(visit)
                           ? "Dit is geen moment; schrijf 2024-10-14T09:30:00Z. Een kenmerk gaat "
                             "alleen met een token."
                           : "Dit is geen moment en geen kenmerk; schrijf 2024-10-14T09:30:00Z of "
                             "het kenmerk van een ontvangstbewijs.");
        return;
    case KNOWN_FUTURE:
        query_find_bad(visit, KEY_KNOWN, value,
                       "Dit moment is nog niet geweest; wat dan bekend is, weet niemand.");
        return;
    case KNOWN_ABSENT:
        query_find_bad(visit, KEY_KNOWN, value,
                       "Dit kenmerk staat niet op het logboek van deze monitor.");
        return;
    }
}

/* The names there are, for those who made them. */
static void find_no_edition(struct visit *visit, struct slice value)
{
    const struct editions *editions = state_editions(visit->ledger->state);
    if (visit->role != ROLE_ANALYST) {
        query_find_bad(visit, KEY_EDITION, value, "Deze editie bestaat niet.");
        return;
    }
    struct slice *names = arena_array(visit->request->arena, editions->count, sizeof *names);
    for (size_t i = 0; i < editions->count; i++)
        names[i] = editions->items[i]->name;
    query_find_unknown(visit, KEY_EDITION, value, names, editions->count);
}

static void check_edition(struct visit *visit, struct slice value)
{
    const struct edition *edition = find_edition(visit, value);
    if (edition == NULL)
        find_no_edition(visit, value);
    else if (visit->peildatum != NULL && !edition_covers(edition, visit->peildatum->date))
        query_find_bad(visit, KEY_EDITION, value, "Deze editie gaat niet over deze peildatum.");
}

void past_check(struct visit *visit)
{
    struct slice value;
    const bool known = knows(visit, KEY_KNOWN) && query_value(visit, KEY_KNOWN, &value);
    if (known && visit->shown)
        query_find_bad(visit, KEY_KNOWN, value,
                       "Zonder token zijn alleen edities te zien; laat bekendOp weg, of vraag een "
                       "editie met editie=.");
    else if (known)
        check_known(visit, value);
    if (!knows(visit, KEY_EDITION) || !query_value(visit, KEY_EDITION, &value)) return;
    check_edition(visit, value);
    if (known && !visit->shown)
        query_find_bad(visit, KEY_EDITION, value,
                       "Geef bekendOp of editie; samen zeggen ze twee dingen.");
}
