/*
 * Which edition was decided on which peildatum. A folio a peildatum, and in it one showing an
 * edition, in the order of the log: the sums of the earlier ones are settled when the next is
 * decided. Editions are known by the head of the chain at their record, so what was decided about
 * a log that has since been replaced is found by nobody, and goes when its folio is asked for.
 */
#include "core/showing_private.h"

#include "base/memory.h"

/* A folio and its showings, in log order. */
struct shelf {
    struct showing_folio *folio;
    struct showing *showings;
    size_t count;
};

struct showings {
    struct shelf *shelves;
    size_t count, room;
};

struct showing_task {
    struct showing_folio *folio;
    struct showing showing;
};

enum { FREEDOM = 5 }; /* rules.md, section 9: so many values a hidden count can still take */

struct showings *showings_new(void)
{
    return memory_new(sizeof(struct showings));
}

void showings_free(struct showings *showings)
{
    if (showings == NULL) return;
    for (size_t i = 0; i < showings->count; i++)
        folio_free(showings->shelves[i].folio);
    memory_free(showings->shelves);
    memory_free(showings);
}

/* ---- what is there ---- */

static struct shelf *find_shelf(const struct showings *showings, struct date peildatum)
{
    for (size_t i = 0; i < showings->count; i++) {
        if (date_compare(showings->shelves[i].folio->peildatum, peildatum) == 0)
            return &showings->shelves[i];
    }
    return NULL;
}

const struct showing *showings_find(const struct showings *showings, const struct edition *edition,
                                    struct date peildatum)
{
    const struct shelf *shelf = find_shelf(showings, peildatum);
    for (size_t i = 0; shelf != NULL && i < shelf->count; i++) {
        if (digest_equal(&shelf->showings[i].edition, &edition->head)) return &shelf->showings[i];
    }
    return NULL;
}

/* Whether an edition shows figures of a peildatum: its definitions have it. */
static bool edition_shows(const struct state *state, const struct edition *edition,
                          struct date peildatum)
{
    const struct rulebook *rulebook = state_rulebook(state, edition->known, NULL);
    return edition_covers(edition, peildatum) && rulebook != NULL &&
           monitor_find_peildatum(&rulebook->monitor, peildatum) != NULL;
}

/* ---- what is next ---- */

/* The first edition up to `last` about a peildatum that the shelf does not have; NULL if none. */
static const struct edition *next_edition(const struct state *state, const struct shelf *shelf,
                                          const struct edition *last, struct date peildatum)
{
    const struct editions *editions = state_editions(state);
    size_t at = 0;
    for (size_t i = 0; i < editions->count; i++) {
        const struct edition *edition = editions->items[i];
        if (record_id_compare(edition->id, last->id) > 0) break;
        if (!edition_shows(state, edition, peildatum)) continue;
        if (shelf == NULL || at >= shelf->count) return edition;
        if (!digest_equal(&shelf->showings[at].edition, &edition->head)) return edition;
        at++;
    }
    return NULL;
}

/* The next edition to decide, and about which peildatum; NULL where all is decided. */
static const struct edition *next_step(const struct showings *showings, const struct state *state,
                                       const struct edition *last, struct date *ret_peildatum)
{
    const struct rulebook *rulebook = state_rulebook(state, last->known, NULL);
    for (size_t i = 0; rulebook != NULL && i < rulebook->monitor.peildatum_count; i++) {
        const struct date date = rulebook->monitor.peildata[i].date;
        if (!edition_shows(state, last, date)) continue;
        const struct edition *edition = next_edition(state, find_shelf(showings, date), last, date);
        *ret_peildatum = date;
        if (edition != NULL) return edition;
    }
    return NULL;
}

bool showings_complete(const struct showings *showings, const struct state *state,
                       const struct edition *edition)
{
    struct date peildatum;
    return next_step(showings, state, edition, &peildatum) == NULL;
}

/* ---- tasks ---- */

/* Whether the showings on a shelf are of this log: of its first editions about the peildatum. */
static bool shelf_holds(const struct state *state, const struct shelf *shelf)
{
    const struct editions *editions = state_editions(state);
    size_t at = 0;
    for (size_t i = 0; i < editions->count && at < shelf->count; i++) {
        if (!edition_shows(state, editions->items[i], shelf->folio->peildatum)) continue;
        if (!digest_equal(&shelf->showings[at].edition, &editions->items[i]->head)) return false;
        at++;
    }
    return at == shelf->count;
}

/* The folio of a peildatum; its rule is that of the first edition about it, for good. */
static struct showing_folio *take_folio(struct showings *showings, const struct state *state,
                                        const struct edition *edition, struct date peildatum)
{
    const struct rulebook *rulebook = state_rulebook(state, edition->known, NULL);
    const struct disclosure_rule rule = {
        .threshold = rulebook->monitor.disclosure.threshold,
        .base = rulebook->monitor.disclosure.base,
        .freedom = FREEDOM,
    };
    struct shelf *shelf = find_shelf(showings, peildatum);
    if (shelf != NULL && shelf_holds(state, shelf)) return shelf->folio;
    if (shelf == NULL) {
        showings->shelves = memory_room(showings->shelves, showings->count, &showings->room,
                                        sizeof *showings->shelves);
        shelf = &showings->shelves[showings->count++];
        *shelf = (struct shelf){0};
    }
    folio_free(shelf->folio);
    *shelf = (struct shelf){.folio = folio_new(peildatum, &rule)};
    return shelf->folio;
}

struct showing_task *showings_begin(struct showings *showings, const struct state *state,
                                    const struct edition *edition)
{
    struct date peildatum;
    const struct edition *next = next_step(showings, state, edition, &peildatum);
    if (next == NULL) return NULL;
    struct showing_task *task = memory_new(sizeof *task);
    task->folio = take_folio(showings, state, next, peildatum);
    /* A folio of another log has gone, and with it what made a later edition the next one. */
    next = next_edition(state, find_shelf(showings, peildatum), edition, peildatum);
    const struct showing_source what = {.state = state, .edition = next, .peildatum = peildatum};
    showing_lay_out(&task->showing, task->folio, &what);
    return task;
}

void showing_task_run(struct showing_task *task)
{
    folio_decide(task->folio);
}

void showings_end(struct showings *showings, struct showing_task *task)
{
    struct shelf *shelf = find_shelf(showings, task->folio->peildatum);
    shelf->showings =
        arena_room(&task->folio->arena, shelf->showings, shelf->count, sizeof *shelf->showings);
    shelf->showings[shelf->count++] = task->showing;
    memory_free(task);
}

/* ---- looking something up ---- */

const struct disclosure_rule *showing_rule(const struct showing *showing)
{
    return &showing->folio->rule;
}

size_t showing_members(const struct showing *showing)
{
    return 1 + showing->organisation_count + showing->region_count;
}

static size_t find_member(const struct showing *showing, const struct showing_place *place)
{
    const bool regional = place->level == LEVEL_REGION;
    const struct slice *ids = regional ? showing->regions : showing->organisations;
    const size_t count = regional ? showing->region_count : showing->organisation_count;
    const struct slice id = regional ? place->region : place->organisation;
    if (place->level == LEVEL_NATIONAL) return 0;
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(ids[i], id)) return 1 + i + (regional ? showing->organisation_count : 0);
    }
    return showing_members(showing);
}

static const struct showing_entry *find_entry(const struct showing *showing,
                                              const struct showing_place *place,
                                              const struct version *version,
                                              const struct term *term)
{
    struct arena arena;
    struct showing_line line = {0};
    arena_init(&arena);
    line.needed =
        showing_columns(&version->numerator, &version->denominator, &arena, &line.needed_count);
    line.term = showing_columns(term, NULL, &arena, &line.term_count);
    const size_t at = showing_find_line(showing, &line);
    const size_t member = find_member(showing, place);
    arena_done(&arena);
    if (at == showing->line_count || member == showing_members(showing)) return NULL;
    return &showing->entries[member * showing->line_count + at];
}

static struct maybe maybe_units(int64_t units, uint8_t decimals)
{
    return (struct maybe){.present = true, .value = {.units = units, .decimals = decimals}};
}

struct showing_figure showing_sum(const struct showing *showing, const struct showing_place *place,
                                  const struct version *version, const struct term *term)
{
    const struct showing_folio *folio = showing->folio;
    const struct showing_entry *entry = find_entry(showing, place, version, term);
    struct showing_figure figure = {.received = entry == NULL ? 0 : entry->received};
    if (entry == NULL || entry->sum == FOLIO_NONE) return figure;
    const struct showing_sum *sum = &folio->sums[entry->sum];
    const bool alone = entry->companion == FOLIO_NONE || folio->sums[entry->companion].shown;
    figure.exact = maybe_units(sum->units, sum->decimals);
    if (sum->shown && alone) figure.shown = maybe_units(folio_rounded(folio, sum), sum->decimals);
    return figure;
}

size_t showing_organisation_count(const struct showing *showing)
{
    return showing->organisation_count;
}

struct slice showing_organisation(const struct showing *showing, size_t index)
{
    return showing->organisations[index];
}

bool showing_counts(const struct showing *showing, struct slice organisation,
                    const struct version *version)
{
    const struct showing_place place = {.level = LEVEL_ORGANISATION, .organisation = organisation};
    const struct showing_entry *entry = find_entry(showing, &place, version, &version->numerator);
    return entry != NULL && entry->counts;
}
