/*
 * Reads of figures: series and tables. The question is read first, every mistake in it at once; who
 * may see what is asked is decided next; then the series engine answers and a rendering writes it
 * down. A client that has the newest answer gets 304 before anything is computed.
 */
#include "desk/reading.h"

#include "core/remainder.h"
#include "desk/handlers.h"
#include "desk/opening.h"
#include "desk/perspective.h"
#include "desk/query.h"

/* ---- the question ---- */

/* The words between the commas of a key's value; a word that stands there twice is a finding. */
static const struct slice *read_list(struct visit *visit, enum route_key key, size_t *ret_count)
{
    struct arena *arena = visit->request->arena;
    struct slice *list = NULL;
    struct slice rest;
    bool more = query_value(visit, key, &rest);
    *ret_count = 0;
    while (more) {
        struct slice word;
        more = slice_cut(rest, ',', &word, &rest);
        if (slice_listed(list, *ret_count, word)) {
            query_find_bad(visit, key, word, "Dit staat er twee keer; noem het één keer.");
            continue;
        }
        list = arena_room(arena, list, *ret_count, sizeof *list);
        list[(*ret_count)++] = word;
    }
    return list;
}

static bool sees_all(const struct visit *visit)
{
    return visit->role == ROLE_ANALYST || visit->role == ROLE_ADMIN;
}

static void ask_level(struct visit *visit)
{
    struct slice levels[LEVEL_COUNT];
    struct slice value;
    if (!query_value(visit, KEY_LEVEL, &value)) return;
    for (unsigned i = 0; i < LEVEL_COUNT; i++) {
        levels[i] = slice_of(level_id((enum level)i));
        if (!slice_equal(value, levels[i])) continue;
        visit->question.level = (enum level)i;
        return;
    }
    query_find_unknown(visit, KEY_LEVEL, value, levels, LEVEL_COUNT);
}

/* All that can be asked for by name, to find the nearest: indicators, then columns. */
static const struct slice *subject_names(const struct visit *visit, size_t *ret_count)
{
    const struct monitor *monitor = &visit->rulebook->monitor;
    const size_t count = monitor->indicator_count + monitor->column_count;
    struct slice *names = arena_array(visit->request->arena, count, sizeof *names);
    for (size_t i = 0; i < monitor->indicator_count; i++)
        names[i] = monitor->indicators[i].id;
    for (size_t i = 0; i < monitor->column_count; i++)
        names[monitor->indicator_count + i] = monitor->columns[i].id;
    *ret_count = count;
    return names;
}

static void find_subject(struct visit *visit, struct slice word)
{
    size_t count = 0;
    const struct slice *names = subject_names(visit, &count);
    query_find_unknown(visit, KEY_INDICATOR, word, names, count);
}

/* Who named none asks for all that there is for those eyes, at that level. */
static void ask_all_subjects(struct visit *visit)
{
    struct question *question = &visit->question;
    struct arena *arena = visit->request->arena;
    if (sees_all(visit) && question->level != LEVEL_ORGANISATION) {
        question->subjects = subjects_all(visit->rulebook, arena);
        question->subject_count = visit->rulebook->monitor.indicator_count;
    } else {
        question->subjects = subjects_unbound(visit->rulebook, arena, &question->subject_count);
    }
}

static void ask_subjects(struct visit *visit)
{
    struct arena *arena = visit->request->arena;
    const bool alone = visit->question.level == LEVEL_ORGANISATION;
    size_t count = 0, found = 0;
    const struct slice *words = read_list(visit, KEY_INDICATOR, &count);
    struct subject *subjects = arena_array(arena, count, sizeof *subjects);
    for (size_t i = 0; i < count; i++) {
        if (!subject_find(visit->rulebook, words[i], arena, &subjects[found])) {
            find_subject(visit, words[i]);
            continue;
        }
        if (alone && indicator_is_bound(subjects[found].indicator))
            query_find_bad(visit, KEY_INDICATOR, words[i],
                           "Dit is een kwartiel over organisaties; dat is er niet van één "
                           "organisatie.");
        found++;
    }
    visit->question.subjects = subjects;
    visit->question.subject_count = found;
    if (count == 0) ask_all_subjects(visit);
}

static const struct slice *organisation_names(const struct visit *visit, size_t *ret_count)
{
    const struct directory *directory = &visit->rulebook->directory;
    struct slice *names =
        arena_array(visit->request->arena, directory->organisation_count, sizeof *names);
    for (size_t i = 0; i < directory->organisation_count; i++)
        names[i] = directory->organisations[i].id;
    *ret_count = directory->organisation_count;
    return names;
}

/* The regions, and what is attributed to none of them. */
static const struct slice *region_names(const struct visit *visit, size_t *ret_count)
{
    const struct directory *directory = &visit->rulebook->directory;
    const size_t count = directory->region_count;
    struct slice *names = arena_array(visit->request->arena, count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = directory->regions[i].id;
    names[count] = slice_of(REMAINDER_ID);
    *ret_count = count + 1;
    return names;
}

/* Words that must be among the known ones. */
static void check_known(struct visit *visit, enum route_key key, const struct slice *words,
                        size_t count)
{
    size_t known_count = 0;
    const struct slice *known = key == KEY_REGION ? region_names(visit, &known_count)
                                                  : organisation_names(visit, &known_count);
    for (size_t i = 0; i < count; i++) {
        if (!slice_listed(known, known_count, words[i]))
            query_find_unknown(visit, key, words[i], known, known_count);
    }
}

/* Narrowing only means something at its own level; elsewhere it would be dropped in silence. */
static void ask_members(struct visit *visit)
{
    struct question *question = &visit->question;
    question->organisations = read_list(visit, KEY_ORGANISATION, &question->organisation_count);
    question->regions = read_list(visit, KEY_REGION, &question->region_count);
    check_known(visit, KEY_ORGANISATION, question->organisations, question->organisation_count);
    check_known(visit, KEY_REGION, question->regions, question->region_count);
    perspective_check(visit);
    if (question->organisation_count > 0 && question->level != LEVEL_ORGANISATION)
        query_find_bad(visit, KEY_ORGANISATION, question->organisations[0],
                       "Dit hoort bij niveau=organisatie; geef dat ook mee.");
    if (question->region_count > 0 && question->level != LEVEL_REGION)
        query_find_bad(visit, KEY_REGION, question->regions[0],
                       "Dit hoort bij niveau=regio; geef dat ook mee.");
}

static bool ask_date(struct visit *visit, enum route_key key, struct date *ret_date)
{
    struct slice value;
    if (!query_value(visit, key, &value)) return false;
    if (date_parse(value, ret_date)) return true;
    query_find_bad(visit, key, value, "Dit is geen datum; schrijf hem als 2024-10-01.");
    return false;
}

static void ask_period(struct visit *visit)
{
    struct question *question = &visit->question;
    question->has_from = ask_date(visit, KEY_FROM, &question->from);
    question->has_to = ask_date(visit, KEY_UNTIL, &question->to);
    if (!question->has_from || !question->has_to) return;
    if (date_compare(question->from, question->to) <= 0) return;
    struct slice value;
    if (query_value(visit, KEY_FROM, &value))
        query_find_bad(visit, KEY_FROM, value, "Deze datum ligt na die van tot.");
}

void reading_ask_series(struct visit *visit)
{
    visit->question.known = visit->known;
    visit->question.edition = visit->asked;
    visit->question.shown = visit->shown ? visit->ledger->showings : NULL;
    ask_level(visit);
    ask_subjects(visit);
    perspective_ask(visit);
    ask_members(visit);
    ask_period(visit);
}

/* ---- who may see the answer ---- */

static bool asks_only_own(const struct visit *visit)
{
    const struct question *question = &visit->question;
    for (size_t i = 0; i < question->organisation_count; i++) {
        if (!token_acts_for(visit->token, question->organisations[i])) return false;
    }
    return question->organisation_count > 0;
}

/* A bound is somebody else's figure: nobody gets it who does not see everybody's. */
static bool asks_bound(const struct visit *visit)
{
    const struct question *question = &visit->question;
    for (size_t i = 0; i < question->subject_count; i++) {
        if (indicator_is_bound(question->subjects[i].indicator)) return true;
    }
    return false;
}

bool reading_is_personal(const struct visit *visit)
{
    return visit->question.level != LEVEL_NATIONAL || asks_bound(visit);
}

/* An empty list would mean everybody's organisations. */
bool reading_may_see(struct visit *visit)
{
    struct question *question = &visit->question;
    if (sees_all(visit)) return true;
    if (asks_bound(visit)) return false;
    if (question->level == LEVEL_NATIONAL || visit->shown) return true;
    if (visit->role != ROLE_GI || question->level != LEVEL_ORGANISATION) return false;
    if (question->organisation_count == 0) {
        question->organisations = visit->token->organisations;
        question->organisation_count = visit->token->organisation_count;
    }
    return asks_only_own(visit);
}

struct verdict reading_refuse(const struct visit *visit)
{
    if (asks_bound(visit))
        return visit_refuse(visit,
                            visit->role == ROLE_PUBLIC ? PROBLEM_NO_TOKEN : PROBLEM_FORBIDDEN,
                            "Een kwartiel over organisaties is het cijfer van een van hen; alleen "
                            "een analist ziet het.");
    if (visit->role == ROLE_PUBLIC)
        return visit_refuse(visit, PROBLEM_NO_TOKEN,
                            "Zonder token zijn alleen landelijke cijfers te zien.");
    return visit_refuse(visit, PROBLEM_FORBIDDEN,
                        "Dit token ziet landelijke cijfers en die van de eigen organisatie.");
}

/* ---- the answers ---- */

/* The newest record that the figures can be made of is what a book is as old as. */
static struct moment newest_record(const struct visit *visit)
{
    return record_id_moment(state_last_at(visit->ledger->state, visit->known, NULL));
}

/* The answer is a workbook, which somebody writes down; `name` is the file's, without `.xlsx`. */
static struct verdict answer_book(const struct visit *visit, struct slice etag, struct slice name,
                                  const struct book *book)
{
    struct arena *arena = visit->request->arena;
    struct verdict verdict = {.kind = VERDICT_BOOK, .book = book};
    verdict.reply = visit_figures(visit, etag, RENDER_BOOK_TYPE);
    opening_add_location(visit, &verdict.reply);
    reply_add_header(&verdict.reply, "Content-Disposition",
                     arena_print(arena, "attachment; filename=\"%.*s-%.*s.xlsx\"",
                                 (int)visit->ledger->monitor.len, visit->ledger->monitor.ptr,
                                 (int)name.len, name.ptr));
    return verdict;
}

static struct verdict answer_series(const struct visit *visit, struct slice etag,
                                    const struct series *series)
{
    const struct rendering *rendering = visit_rendering(visit);
    struct arena *arena = visit->request->arena;
    if (visit->format == FORMAT_XLSX)
        return answer_book(
            visit, etag, slice_of("reeksen"),
            render_book_series(series, visit->rulebook, newest_record(visit), arena));
    struct reply reply = visit_figures(visit, etag, rendering->content_type);
    opening_add_location(visit, &reply);
    rendering->series(&reply.body, series, visit->language);
    return verdict_reply(reply);
}

static struct verdict answer_grid(const struct visit *visit, struct slice etag,
                                  const struct grid *grid)
{
    const struct rendering *rendering = visit_rendering(visit);
    struct arena *arena = visit->request->arena;
    if (visit->format == FORMAT_XLSX)
        return answer_book(visit, etag, grid->table->id,
                           render_book_grid(grid, newest_record(visit), arena));
    struct reply reply = visit_figures(visit, etag, rendering->content_type);
    opening_add_location(visit, &reply);
    rendering->grid(&reply.body, grid, visit->language);
    return verdict_reply(reply);
}

struct verdict reading_series(struct visit *visit)
{
    struct verdict verdict;
    if (!reading_may_see(visit)) return reading_refuse(visit);
    if (visit->shown && opening_waits(visit, &verdict)) return verdict;
    const struct slice etag = visit_etag(visit, reading_is_personal(visit));
    if (visit_has(visit, etag, &verdict)) return verdict;

    const struct series series =
        series_answer(visit->ledger->state, &visit->question, visit->request->arena);
    return answer_series(visit, etag, &series);
}

static bool has_bounds(const struct table *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        if (indicator_is_bound(table->rows[i].indicator)) return true;
    }
    return false;
}

/* The table as the visitor may see it: without the rows that show the figure of somebody else. */
static const struct table *table_in_view(const struct visit *visit)
{
    if (sees_all(visit) || !has_bounds(visit->table)) return visit->table;
    struct arena *arena = visit->request->arena;
    struct table_row *rows = arena_array(arena, visit->table->row_count, sizeof *rows);
    struct table *table = arena_new(arena, sizeof *table);
    *table = *visit->table;
    table->rows = rows;
    table->row_count = 0;
    for (size_t i = 0; i < visit->table->row_count; i++) {
        if (!indicator_is_bound(visit->table->rows[i].indicator))
            rows[table->row_count++] = visit->table->rows[i];
    }
    return table;
}

struct verdict reading_table(struct visit *visit)
{
    const bool personal = visit->table->level != LEVEL_NATIONAL || has_bounds(visit->table);
    struct verdict verdict;
    visit->question.level = visit->table->level;
    if (!reading_may_see(visit)) return reading_refuse(visit);
    if (visit->shown && opening_waits(visit, &verdict)) return verdict;
    const struct slice etag = visit_etag(visit, personal);
    if (visit_has(visit, etag, &verdict)) return verdict;

    const struct grid_question question = {
        .table = table_in_view(visit),
        .known = visit->known,
        .edition = visit->asked,
        .shown = visit->shown ? visit->ledger->showings : NULL,
        .organisations = visit->question.organisations,
        .organisation_count = visit->question.organisation_count,
    };
    const struct grid grid = grid_answer(visit->ledger->state, &question, visit->request->arena);
    return answer_grid(visit, etag, &grid);
}
