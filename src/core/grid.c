/*
 * A published table: the definition's rows down, peildata across, national figures in the cells.
 * Each cell is a point rounded once to the decimals that its row shows.
 */
#include "core/grid.h"

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

struct grid grid_answer(const struct state *state, const struct grid_question *asked,
                        struct arena *arena)
{
    const struct rulebook *rulebook = state_rulebook(state, asked->known, NULL);
    if (rulebook == NULL) return (struct grid){0};

    const struct question question = {
        .subjects = grid_subjects(asked->table, arena),
        .subject_count = asked->table->row_count,
        .level = LEVEL_NATIONAL,
        .known = asked->known,
        .edition = asked->edition,
    };
    const struct series series = series_answer(state, &question, arena);
    struct grid grid = {.rulebook = rulebook, .table = asked->table, .points = series.points};
    grid.columns = grid_columns(&rulebook->monitor, asked->edition, arena, &grid.column_count);
    return grid;
}
