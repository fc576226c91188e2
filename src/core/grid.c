/*
 * A published table: the definition's rows down, peildata across. Each cell is a point rounded once
 * to the decimals that its row shows. At the level of organisations or regions an indicator is a
 * group of rows: its members, and under them the country, whose figure they are part of.
 *
 * Two questions are put to the series engine, one about the members and one about the country; each
 * cell takes its point out of the answer, which has them in the same order. A series has no point
 * where a member is not expected; the table has a cell there, without a figure and over nobody.
 */
#include "core/grid.h"

#include "core/showing.h"
#include "core/slate.h"

/* A table in the making. */
struct drawing {
    const struct state *state;
    const struct grid_question *asked;
    struct arena *arena;
    const struct subject *subjects;
    const struct member *members;
    size_t member_count;
    const bool *seen; /* of each member: whether it has rows */
    struct grid grid;
    struct grid_row *rows;
    struct point *points;
    struct change *changes;
};

/* An answer, and how far it has been taken over. */
struct taking {
    struct series series;
    size_t next;
};

static const struct subject *grid_subjects(const struct table *table, struct arena *arena)
{
    struct subject *subjects = arena_array(arena, table->row_count, sizeof *subjects);
    for (size_t i = 0; i < table->row_count; i++) {
        subjects[i] = (struct subject){
            .id = table->rows[i].indicator->id,
            .indicator = table->rows[i].indicator,
            .decimals = table->rows[i].decimals,
        };
    }
    return subjects;
}

static const struct peildatum *const *grid_columns(const struct monitor *monitor,
                                                   const struct edition *edition,
                                                   struct arena *arena, size_t *ret_count)
{
    const struct peildatum **columns =
        arena_array(arena, monitor->peildatum_count, sizeof(struct peildatum *));
    *ret_count = 0;
    for (size_t i = 0; i < monitor->peildatum_count; i++) {
        if (edition == NULL || edition_covers(edition, monitor->peildata[i].date))
            columns[(*ret_count)++] = &monitor->peildata[i];
    }
    return columns;
}

static struct question question_at(const struct drawing *drawing, enum level level)
{
    const struct grid_question *asked = drawing->asked;
    const bool own = level == LEVEL_ORGANISATION;
    return (struct question){
        .subjects = drawing->subjects,
        .subject_count = asked->table->row_count,
        .level = level,
        .changes = asked->table->absolute || asked->table->percent,
        .organisations = own ? asked->organisations : NULL,
        .organisation_count = own ? asked->organisation_count : 0,
        .known = asked->known,
        .edition = asked->edition,
        .shown = asked->shown,
    };
}

static struct series answer(const struct drawing *drawing, enum level level)
{
    const struct question question = question_at(drawing, level);
    return series_answer(drawing->state, &question, drawing->arena);
}

/* ---- members ---- */

static void find_members(struct drawing *drawing)
{
    const struct question question = question_at(drawing, drawing->asked->table->level);
    const struct slate_source source = {
        .state = drawing->state,
        .rulebook = drawing->grid.rulebook,
        .question = &question,
        .arena = drawing->arena,
    };
    drawing->members = slate_members(&source, &drawing->member_count);
}

/* A figure is there, if only for those who may see it. */
static bool has_figure(const struct point *point)
{
    return point->value.present || point->reason == REASON_SUPPRESSED;
}

/* An organisation is seen where it is expected; a region where any figure of it was given. */
static bool shows(struct member member, const struct point *point)
{
    if (member.region != NULL)
        return slice_equal(point->region, member.region->id) && has_figure(point);
    return slice_equal(member.remainder ? point->region : point->organisation, member_id(member));
}

static bool is_seen(struct member member, const struct series *series)
{
    for (size_t i = 0; i < series->count; i++) {
        if (shows(member, &series->points[i])) return true;
    }
    return false;
}

static void find_seen(struct drawing *drawing, const struct series *series)
{
    struct arena *arena = drawing->arena;
    const size_t count = drawing->member_count;
    bool *seen = arena_array(arena, count, sizeof *seen);
    const struct region **silent = arena_array(arena, count, sizeof(struct region *));
    for (size_t i = 0; i < count; i++) {
        seen[i] = is_seen(drawing->members[i], series);
        if (!seen[i] && drawing->members[i].region != NULL)
            silent[drawing->grid.silent_count++] = drawing->members[i].region;
    }
    drawing->seen = seen;
    drawing->grid.silent = silent;
}

static struct slice member_name(struct member member)
{
    if (member.organisation != NULL) return member.organisation->name;
    if (member.region != NULL) return member.region->name;
    return slice_of(member.remainder ? REMAINDER_NAME : "Landelijk");
}

/* ---- rows ---- */

/* A cell that no point belongs to. */
static struct point nobody(const struct subject *subject, const struct grid_row *row,
                           struct date date)
{
    return (struct point){
        .indicator = subject->indicator,
        .id = subject->id,
        .level = row->level,
        .organisation = row->level == LEVEL_ORGANISATION ? row->member : slice_of(""),
        .region = row->level == LEVEL_REGION ? row->member : slice_of(""),
        .peildatum = date,
        .reason = REASON_NOT_APPLICABLE,
    };
}

static bool is_same_place(const struct point *a, const struct point *b)
{
    return a->indicator == b->indicator && slice_equal(a->organisation, b->organisation) &&
           slice_equal(a->region, b->region) && date_compare(a->peildatum, b->peildatum) == 0;
}

/* Fills the cells of the row that comes next, from an answer in the same order. */
static void draw_cells(struct drawing *drawing, const struct subject *subject,
                       const struct grid_row *row, struct taking *taking)
{
    const struct grid *grid = &drawing->grid;
    for (size_t column = 0; column < grid->column_count; column++) {
        const size_t cell = grid->row_count * grid->column_count + column;
        const struct point none = nobody(subject, row, grid->columns[column]->date);
        const size_t next = taking->next;
        const bool there =
            next < taking->series.count && is_same_place(&taking->series.points[next], &none);
        drawing->points[cell] = there ? taking->series.points[next] : none;
        if (drawing->changes != NULL)
            drawing->changes[cell] = there ? taking->series.changes[next]
                                           : (struct change){.reason = REASON_NOT_APPLICABLE};
        taking->next += there;
    }
}

/* A row of a member; a row that no point belongs to at all is not drawn. */
static void draw_row(struct drawing *drawing, size_t number, enum level level, struct member member,
                     struct taking *taking)
{
    const size_t before = taking->next;
    struct grid_row *row = &drawing->rows[drawing->grid.row_count];
    *row = (struct grid_row){
        .shown = &drawing->asked->table->rows[number],
        .level = level,
        .member = member_id(member),
        .name = member_name(member),
    };
    draw_cells(drawing, &drawing->subjects[number], row, taking);
    if (taking->next > before || drawing->grid.column_count == 0) drawing->grid.row_count++;
}

/* The points of a member that has no rows. */
static void skip(struct taking *taking, const struct subject *subject, struct slice region)
{
    const struct series *series = &taking->series;
    while (taking->next < series->count &&
           series->points[taking->next].indicator == subject->indicator &&
           slice_equal(series->points[taking->next].region, region))
        taking->next++;
}

/* ---- order ---- */

/* The newest column in which any of the rows has a figure; the first where none has. */
static size_t newest_column(const struct drawing *drawing, size_t first, size_t end)
{
    const size_t columns = drawing->grid.column_count;
    for (size_t column = columns; column > 0; column--) {
        for (size_t row = first; row < end; row++) {
            if (drawing->points[row * columns + column - 1].value.present) return column - 1;
        }
    }
    return 0;
}

/* Whether a figure comes before the one above it; without one it stays where it is. */
static bool is_higher(const struct maybe *figure, const struct maybe *above)
{
    if (!figure->present || !above->present) return figure->present;
    return decimal_compare(figure->value, above->value) > 0;
}

static void swap_rows(struct drawing *drawing, size_t row)
{
    const size_t columns = drawing->grid.column_count;
    const struct grid_row kept = drawing->rows[row];
    drawing->rows[row] = drawing->rows[row - 1];
    drawing->rows[row - 1] = kept;
    for (size_t cell = row * columns; cell < (row + 1) * columns; cell++) {
        const struct point point = drawing->points[cell];
        drawing->points[cell] = drawing->points[cell - columns];
        drawing->points[cell - columns] = point;
        if (drawing->changes == NULL) continue;
        const struct change change = drawing->changes[cell];
        drawing->changes[cell] = drawing->changes[cell - columns];
        drawing->changes[cell - columns] = change;
    }
}

/* The highest first; equal ones, and those without a figure, keep the order of the register. */
static void sort_members(struct drawing *drawing, size_t first)
{
    const size_t columns = drawing->grid.column_count;
    size_t end = drawing->grid.row_count;
    if (end > first && slice_is(drawing->rows[end - 1].member, REMAINDER_ID)) end--;
    const size_t column = newest_column(drawing, first, end);
    for (size_t next = first + 1; columns > 0 && next < end; next++) {
        for (size_t row = next; row > first; row--) {
            const struct point *point = &drawing->points[row * columns + column];
            if (!is_higher(&point->value, &(point - columns)->value)) break;
            swap_rows(drawing, row);
        }
    }
}

static void draw_members(struct drawing *drawing, size_t number, struct taking *taking)
{
    const size_t first = drawing->grid.row_count;
    for (size_t i = 0; i < drawing->member_count; i++) {
        const struct member member = drawing->members[i];
        if (drawing->seen[i])
            draw_row(drawing, number, drawing->asked->table->level, member, taking);
        else if (member.region != NULL)
            skip(taking, &drawing->subjects[number], member.region->id);
    }
    if (drawing->asked->table->descending) sort_members(drawing, first);
}

static void draw(struct drawing *drawing)
{
    const enum level level = drawing->asked->table->level;
    struct taking members = {0}, country = {.series = answer(drawing, LEVEL_NATIONAL)};
    if (level != LEVEL_NATIONAL) {
        find_members(drawing);
        members.series = answer(drawing, level);
        find_seen(drawing, &members.series);
    }
    const size_t rows = drawing->asked->table->row_count * (drawing->member_count + 1);
    const size_t cells = rows * drawing->grid.column_count;
    drawing->rows = arena_array(drawing->arena, rows, sizeof *drawing->rows);
    drawing->points = arena_array(drawing->arena, cells, sizeof *drawing->points);
    if (country.series.changes != NULL)
        drawing->changes = arena_array(drawing->arena, cells, sizeof *drawing->changes);
    for (size_t i = 0; i < drawing->asked->table->row_count; i++) {
        draw_members(drawing, i, &members);
        draw_row(drawing, i, LEVEL_NATIONAL, (struct member){0}, &country);
    }
}

/* The rule of the newest peildatum; NULL where nothing is held back, or nothing decided. */
static const struct disclosure_rule *rule_of(const struct grid_question *asked,
                                             const struct grid *grid)
{
    if (asked->shown == NULL || asked->edition == NULL || grid->column_count == 0) return NULL;
    const struct date newest = grid->columns[grid->column_count - 1]->date;
    const struct showing *showing = showings_find(asked->shown, asked->edition, newest);
    return showing == NULL ? NULL : showing_rule(showing);
}

struct grid grid_answer(const struct state *state, const struct grid_question *asked,
                        struct arena *arena)
{
    const struct rulebook *rulebook = state_rulebook(state, asked->known, NULL);
    if (rulebook == NULL) return (struct grid){0};

    struct drawing drawing = {
        .state = state,
        .asked = asked,
        .arena = arena,
        .subjects = grid_subjects(asked->table, arena),
        .grid = {.rulebook = rulebook, .table = asked->table},
    };
    struct grid *grid = &drawing.grid;
    grid->columns = grid_columns(&rulebook->monitor, asked->edition, arena, &grid->column_count);
    draw(&drawing);
    grid->rows = drawing.rows;
    grid->points = drawing.points;
    grid->changes = drawing.changes;
    grid->rule = rule_of(asked, grid);
    return *grid;
}

bool grid_is_blank(const struct grid *grid, size_t row, size_t column)
{
    return grid->rows[row].level != LEVEL_NATIONAL &&
           grid->points[row * grid->column_count + column].expected == 0;
}
