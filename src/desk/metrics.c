/*
 * /metrics: for each monitor the figures that the one who asks may see, then what the daemon says
 * of itself. National and regional figures stand on one peildatum, an organisation's on its own
 * newest. Figures are kept as rendered until their log grows, and sent from where they are kept.
 *
 * Without a token and with `openbaar: niets` there are no figures, only the daemon's own part; with
 * `alles` they are those of the newest edition, as they may be shown, and nothing of a delivery.
 */
#include "codec/findings_json.h"
#include "codec/render_metrics.h"
#include "desk/handlers.h"
#include "desk/meter_render.h"
#include "desk/metrics_cache.h"
#include "desk/opening.h"

/* Who may see what. */
struct view {
    bool national;
    bool all;                      /* regions and every organisation */
    const struct token *token;     /* a GI's: its own organisations */
    const struct edition *edition; /* not what stands now, but what may be shown of that */
};

/* Everything that goes into the figures of one monitor. */
struct figures {
    const struct state *state;
    const struct showings *showings;
    const struct rulebook *rulebook;
    struct record_id known; /* the newest record that they are made of */
    struct view view;
    size_t history;
    struct arena *arena;
    struct subject *subjects;
    size_t subject_count;
    struct series *gauges;
    size_t gauge_count;
    struct series *series;
    size_t series_count;
    struct metrics_delivery *deliveries;
    size_t delivery_count;
};

/* Whether the visitor sees editions only. */
static bool shows_only(const struct visit *visit)
{
    return visit->role == ROLE_PUBLIC && visit->desk->open == OPEN_ALL;
}

static struct view view_of(const struct visit *visit, const struct ledger *ledger)
{
    const struct edition *newest = shows_only(visit) ? opening_newest(ledger) : NULL;
    if (shows_only(visit))
        return (struct view){
            .national =
                newest != NULL && showings_complete(ledger->showings, ledger->state, newest),
            .all = true,
            .edition = newest,
        };
    return (struct view){
        .national = visit->role != ROLE_PUBLIC || visit->desk->open == OPEN_NATIONAL,
        .all = visit->role == ROLE_ANALYST || visit->role == ROLE_ADMIN,
        .token = visit->role == ROLE_GI ? visit->token : NULL,
    };
}

static bool view_takes(const struct view *view, struct slice organisation)
{
    return view->all || (view->token != NULL && token_acts_for(view->token, organisation));
}

/* The view in words, the same for all who see the same. */
static struct slice view_words(const struct view *view, struct arena *arena)
{
    if (view->edition != NULL)
        return arena_print(arena, "editie %.*s", (int)view->edition->name.len,
                           view->edition->name.ptr);
    if (view->all) return slice_of("alles");
    struct slice words = slice_of("landelijk");
    const size_t count = view->token == NULL ? 0 : view->token->organisation_count;
    for (size_t i = 0; i < count; i++) {
        const struct slice organisation = view->token->organisations[i];
        words = arena_print(arena, "%.*s %.*s", (int)words.len, words.ptr, (int)organisation.len,
                            organisation.ptr);
    }
    return words;
}

/* ---- series ---- */

static struct series ask(const struct figures *figures, struct question question)
{
    question.subjects = figures->subjects;
    question.subject_count = figures->subject_count;
    question.has_from = question.has_to = true;
    question.known = figures->known;
    question.edition = figures->view.edition;
    question.shown = figures->showings;
    return figures->view.edition == NULL ? series_figures(figures->state, &question, figures->arena)
                                         : series_answer(figures->state, &question, figures->arena);
}

static void add_gauges(struct figures *figures, struct question question)
{
    figures->gauges =
        arena_room(figures->arena, figures->gauges, figures->gauge_count, sizeof *figures->gauges);
    figures->gauges[figures->gauge_count++] = ask(figures, question);
}

static void add_series(struct figures *figures, struct question question)
{
    figures->series =
        arena_room(figures->arena, figures->series, figures->series_count, sizeof *figures->series);
    figures->series[figures->series_count++] = ask(figures, question);
}

/* ---- one organisation ---- */

/* An edition has figures of its own peildata only. */
static bool is_covered(const struct figures *figures, struct date date)
{
    return figures->view.edition == NULL || edition_covers(figures->view.edition, date);
}

/* The newest peildatum on which something of the organisation stands and counts. */
static const struct revision *newest_counting(const struct figures *figures,
                                              struct slice organisation, struct date *ret_date)
{
    const struct monitor *monitor = &figures->rulebook->monitor;
    for (size_t i = monitor->peildatum_count; i > 0; i--) {
        const struct date date = monitor->peildata[i - 1].date;
        const struct revision *standing =
            state_counting(figures->state, date, organisation, figures->known);
        if (standing == NULL || !is_covered(figures, date)) continue;
        *ret_date = date;
        return standing;
    }
    return NULL;
}

static void add_organisation(struct figures *figures, const struct organisation *organisation)
{
    struct date date;
    const struct revision *standing = newest_counting(figures, organisation->id, &date);
    if (standing == NULL) return;
    add_gauges(figures, (struct question){.level = LEVEL_ORGANISATION,
                                          .organisations = &organisation->id,
                                          .organisation_count = 1,
                                          .from = date,
                                          .to = date});
    if (figures->view.edition != NULL) return; /* of a delivery itself nothing is shown */
    struct metrics_delivery *delivery = &figures->deliveries[figures->delivery_count++];
    *delivery = (struct metrics_delivery){
        .organisation = organisation->id,
        .received = record_id_moment(standing->id),
    };
    findings_json_count(standing->findings, delivery->findings);
}

/* The organisations in view, as ids and each with its own gauges. */
static const struct slice *add_organisations(struct figures *figures, size_t *ret_count)
{
    const struct directory *directory = &figures->rulebook->directory;
    struct slice *ids = arena_array(figures->arena, directory->organisation_count, sizeof *ids);
    figures->deliveries =
        arena_array(figures->arena, directory->organisation_count, sizeof *figures->deliveries);
    *ret_count = 0;
    for (size_t i = 0; i < directory->organisation_count; i++) {
        if (!view_takes(&figures->view, directory->organisations[i].id)) continue;
        ids[(*ret_count)++] = directory->organisations[i].id;
        add_organisation(figures, &directory->organisations[i]);
    }
    return ids;
}

/* ---- all of a monitor ---- */

/* The newest peildatum that anybody delivered for up to `known`; false if there is none. */
static bool newest_delivered(const struct figures *figures, struct date *ret_newest)
{
    size_t count = 0;
    const struct cell *const *cells = state_cells(figures->state, &count);
    for (; count > 0; count--) {
        const struct cell *cell = cells[count - 1];
        *ret_newest = cell->peildatum;
        if (cell->revision_count > 0 && is_covered(figures, cell->peildatum) &&
            record_id_compare(cell->revisions[0]->id, figures->known) <= 0)
            return true;
    }
    return false;
}

/* The last so many peildata up to that one; false if there is none. */
static bool history_period(const struct figures *figures, struct date *ret_from,
                           struct date *ret_to)
{
    const struct monitor *monitor = &figures->rulebook->monitor;
    struct date newest;
    if (figures->history == 0 || monitor->peildatum_count == 0 ||
        !newest_delivered(figures, &newest))
        return false;

    size_t end = monitor->peildatum_count;
    while (end > 1 && date_compare(monitor->peildata[end - 1].date, newest) > 0)
        end--;
    const size_t first = end > figures->history ? end - figures->history : 0;
    *ret_from = monitor->peildata[first].date;
    *ret_to = monitor->peildata[end - 1].date;
    return true;
}

static void add_history(struct figures *figures, const struct slice *organisations, size_t count)
{
    struct question question = {.level = LEVEL_NATIONAL};
    if (!history_period(figures, &question.from, &question.to)) return;
    add_series(figures, question);
    question.level = LEVEL_REGION;
    if (figures->view.all) add_series(figures, question);
    question.level = LEVEL_ORGANISATION;
    question.organisations = organisations;
    question.organisation_count = count;
    if (count > 0) add_series(figures, question);
}

/* How many deliveries count on the peildatum of the gauges. */
static unsigned received_on(const struct figures *figures, const struct peildatum *peildatum)
{
    return series_delivered(figures->state, figures->rulebook, peildatum->date, figures->known);
}

static void render_figures(struct text *text, struct figures *figures,
                           enum exposition_format format)
{
    const struct peildatum *peildatum =
        series_gauge_peildatum(figures->state, figures->rulebook, figures->view.edition);
    if (peildatum != NULL) {
        struct question question = {.from = peildatum->date, .to = peildatum->date};
        add_gauges(figures, question);
        question.level = LEVEL_REGION;
        if (figures->view.all) add_gauges(figures, question);
    }
    size_t count = 0;
    const struct slice *organisations = add_organisations(figures, &count);
    add_history(figures, organisations, count);

    const struct metrics_page page = {
        .monitor = &figures->rulebook->monitor,
        .peildatum = peildatum,
        .expected = peildatum == NULL ? 0 : rulebook_expected(figures->rulebook, peildatum->date),
        .received = peildatum == NULL ? 0 : received_on(figures, peildatum),
        .gauges = figures->gauges,
        .gauge_count = figures->gauge_count,
        .history = figures->series,
        .history_count = figures->series_count,
        .deliveries = figures->deliveries,
        .delivery_count = figures->delivery_count,
    };
    render_metrics(text, &page, format);
}

static struct shared *make_figures(const struct visit *visit, const struct ledger *ledger,
                                   const struct view *view, enum exposition_format format)
{
    struct arena *arena = visit->request->arena;
    const struct record_id known = view->edition == NULL ? state_now() : view->edition->known;
    const struct rulebook *rulebook = state_rulebook(ledger->state, known, NULL);
    struct figures figures = {
        .state = ledger->state,
        .showings = view->edition == NULL ? NULL : ledger->showings,
        .rulebook = rulebook,
        .known = known,
        .view = *view,
        .history = visit->desk->history,
        .arena = arena,
        .subjects = subjects_all(rulebook, arena),
        .subject_count = rulebook->monitor.indicator_count,
    };
    /* A bound is a figure of some organisation: for who sees those of all. */
    if (!view->all) figures.subjects = subjects_unbound(rulebook, arena, &figures.subject_count);
    struct text text;
    text_init(&text);
    render_figures(&text, &figures, format);
    return shared_new(&text);
}

/* ---- the page ---- */

/* The figures of a monitor, kept or made; whoever calls holds them. */
static struct shared *find_figures(const struct visit *visit, const struct ledger *ledger,
                                   const struct view *view, enum exposition_format format)
{
    struct metrics_key key = {
        .monitor = ledger->monitor,
        .format = format,
        .view = view_words(view, visit->request->arena),
        .head = state_head(ledger->state),
        .count = state_count(ledger->state),
    };
    if (view->edition != NULL) { /* whatever was put on the log after it */
        key.head = view->edition->head;
        key.count = 0;
    }
    struct metrics_cache *cache = visit->desk->metrics;
    struct shared *kept = cache == NULL ? NULL : metrics_cache_find(cache, &key);
    if (kept != NULL) return shared_hold(kept);
    struct shared *made = make_figures(visit, ledger, view, format);
    if (cache != NULL) metrics_cache_put(cache, &key, made);
    return made;
}

static void add_all_figures(struct reply *reply, const struct visit *visit,
                            enum exposition_format format)
{
    for (size_t i = 0; i < visit->desk->ledger_count; i++) {
        const struct ledger *ledger = &visit->desk->ledgers[i];
        const struct view view = view_of(visit, ledger);
        if (view.national)
            reply_add_shared(reply, find_figures(visit, ledger, &view, format),
                             visit->request->arena);
    }
}

static struct log_facts log_facts_of(const struct ledger *ledger)
{
    size_t unvouched;
    state_stand_ins(ledger->state, &unvouched);
    return (struct log_facts){
        .monitor = ledger->monitor,
        .entries = state_count(ledger->state),
        .chain_breaks = state_chain_breaks(ledger->state) + unvouched,
        .last = record_id_moment(state_last(ledger->state)),
    };
}

static void put_daemon(struct text *text, const struct visit *visit, enum exposition_format format)
{
    const struct desk *desk = visit->desk;
    struct log_facts *logs = arena_array(visit->request->arena, desk->ledger_count, sizeof *logs);
    for (size_t i = 0; i < desk->ledger_count; i++)
        logs[i] = log_facts_of(&desk->ledgers[i]);
    const struct daemon_facts facts = {
        .version = GIMON_VERSION,
        .meter = desk->meter,
        .logs = logs,
        .log_count = desk->ledger_count,
    };
    meter_render(text, &facts, format);
}

/* A ledger with an edition about which it has not been decided what may be shown; NULL: none. */
static const struct ledger *undecided(const struct visit *visit)
{
    const struct desk *desk = visit->desk;
    for (size_t i = 0; shows_only(visit) && i < desk->ledger_count; i++) {
        const struct ledger *ledger = &desk->ledgers[i];
        const struct edition *newest = opening_newest(ledger);
        if (newest != NULL && !showings_complete(ledger->showings, ledger->state, newest))
            return ledger;
    }
    return NULL;
}

struct verdict metrics_get(struct visit *visit)
{
    const struct ledger *waiting = undecided(visit);
    if (waiting != NULL && !visit->circumstance->impatient)
        return opening_decide(waiting, opening_newest(waiting));
    const enum exposition_format format =
        visit->format == FORMAT_OPENMETRICS ? EXPOSITION_OPENMETRICS : EXPOSITION_PROMETHEUS;
    struct reply reply = {.status = 200, .content_type = exposition_content_type(format)};
    add_all_figures(&reply, visit, format);
    put_daemon(&reply.body, visit, format);
    exposition_end(&reply.body, format);
    return verdict_reply(reply);
}
