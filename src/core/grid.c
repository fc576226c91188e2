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
                                                   struct arena *arena)
{
    const struct peildatum **columns =
        arena_array(arena, monitor->peildatum_count, sizeof(struct peildatum *));
    for (size_t i = 0; i < monitor->peildatum_count; i++)
        columns[i] = &monitor->peildata[i];
    return columns;
}

struct grid grid_answer(const struct state *state, const struct table *table,
                        struct record_id known, struct arena *arena)
{
    const struct rulebook *rulebook = state_rulebook(state, known, NULL);
    if (rulebook == NULL) return (struct grid){0};

    struct question question = {
        .subjects = grid_subjects(table, arena),
        .subject_count = table->row_count,
        .level = LEVEL_NATIONAL,
        .known = known,
    };
    struct series series = series_answer(state, &question, arena);
    return (struct grid){
        .rulebook = rulebook,
        .table = table,
        .columns = grid_columns(&rulebook->monitor, arena),
        .column_count = rulebook->monitor.peildatum_count,
        .points = series.points,
    };
}
