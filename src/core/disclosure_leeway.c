/*
 * How many values a hidden sum can still take, given everything the reader knows. The reader knows
 * bounds of sums of unknown whole numbers from 0; a value is possible if some table of such numbers
 * gives it and agrees with all bounds.
 *
 * GLPK looks for the tables. Its programme is built once a component: a row for each sum, a column
 * for each atom, no objective. A question fixes the row of the sum to a value, so each answer
 * starts from the last one's basis. Where the solution is not whole, as may be in tables of three
 * ways, its branch and bound goes on from there. GLPK only proposes: a table is rounded and held
 * against the bounds here, in whole numbers, so no error of arithmetic can make a sum look
 * protected.
 *
 * Every table is kept. As long as it agrees with what is shown it proves that its values can be
 * taken, of all sums, and most questions need no programme at all.
 *
 * Where GLPK fails or gives up, nothing is proven: the value counts as impossible, and
 * leeway_failed says so.
 */
#include "core/disclosure_private.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SLACK_PART = 10, TABLES_MOST = 128, PIVOTS_MOST = 20000, BRANCHES_MOST = 2000 };

struct leeway {
    const struct component *component;
    glp_prob *problem;
    int column_count;
    const int *column_of;   /* of each atom; GLPK counts from 1 */
    struct bounds *applied; /* to each row */
    double *atoms;          /* of each column, of one table */
    int64_t *tables;        /* TABLES_MOST times the values of all sums */
    size_t table_count, next_table;
    bool *possible; /* for one sum: which values around the true one */
    bool failed;
};

/* What came of looking for a table. */
enum search_answer {
    FOUND,
    NO_WHOLE_TABLE,
    NO_TABLE, /* not even of fractions, so there is none either for values further away */
};

/* --- bounds --------------------------------------------------------------------------------- */

static struct bounds knowledge(const struct cell_sum *sum, bool plain)
{
    if (sum->shown) return sum->if_shown;
    return plain ? (struct bounds){.low = 0, .high = INT64_MAX} : sum->if_hidden;
}

static bool within(struct bounds bounds, int64_t value)
{
    return value >= bounds.low && value <= bounds.high;
}

static int bounds_kind(struct bounds bounds)
{
    bool above = bounds.low > 0, below = bounds.high != INT64_MAX; /* no atom is negative */
    if (above && below) return bounds.low == bounds.high ? GLP_FX : GLP_DB;
    return above ? GLP_LO : below ? GLP_UP : GLP_FR;
}

static void apply_bounds(struct leeway *leeway, size_t row, struct bounds bounds)
{
    struct bounds *applied = &leeway->applied[row];
    if (applied->low == bounds.low && applied->high == bounds.high) return;
    *applied = bounds;
    glp_set_row_bnds(leeway->problem, (int)row + 1, bounds_kind(bounds), (double)bounds.low,
                     (double)bounds.high);
}

/* What the reader knows, and that the sum that is asked for has this value. */
static void apply_question(struct leeway *leeway, size_t asked, int64_t value)
{
    const struct component *component = leeway->component;
    bool plain = component->sums[asked]->plain;
    for (size_t i = 0; i < component->count; i++)
        if (i != asked) apply_bounds(leeway, i, knowledge(component->sums[i], plain));
    apply_bounds(leeway, asked, (struct bounds){.low = value, .high = value});
}

/* --- tables --------------------------------------------------------------------------------- */

static int64_t *table_at(const struct leeway *leeway, size_t index)
{
    return leeway->tables + index * leeway->component->count;
}

/* How far apart the values are that are counted. */
static int64_t step_of(const struct leeway *leeway)
{
    const int64_t apart = leeway->component->rule->apart;
    return apart > 0 ? apart : 1;
}

/* How much of that makes no difference: none of whole counts. */
static int64_t slack_of(const struct leeway *leeway)
{
    return step_of(leeway) / SLACK_PART;
}

static bool table_agrees(const struct leeway *leeway, const int64_t *table, bool plain)
{
    const int64_t slack = slack_of(leeway);
    for (size_t i = 0; i < leeway->component->count; i++) {
        struct bounds bounds = knowledge(leeway->component->sums[i], plain);
        bounds.low -= slack;
        if (bounds.high != INT64_MAX) bounds.high += slack;
        if (!within(bounds, table[i])) return false;
    }
    return true;
}

static int64_t sum_of_atoms(const struct leeway *leeway, const struct cell_sum *sum)
{
    double value = 0; /* whole, and exact, of whole atoms */
    for (size_t i = 0; i < sum->atom_count; i++)
        value += leeway->atoms[leeway->column_of[sum->atoms[i]] - 1];
    return llround(value);
}

/*
 * Rounds a solution to a table; true, and kept, if that agrees with the question. Where a whole is
 * many of the smallest unit, fractions of that unit make no difference, and only the sums are
 * rounded.
 */
static bool keep_table(struct leeway *leeway, size_t asked, double (*value_of)(glp_prob *, int))
{
    const struct component *component = leeway->component;
    const int64_t slack = slack_of(leeway);
    for (int i = 0; i < leeway->column_count; i++) {
        const double value = value_of(leeway->problem, i + 1);
        leeway->atoms[i] = slack > 0 ? value : round(value);
        if (llround(value) < 0) return false;
    }
    int64_t *table = table_at(leeway, leeway->next_table);
    for (size_t i = 0; i < component->count; i++)
        table[i] = sum_of_atoms(leeway, component->sums[i]);
    if (llabs(table[asked] - leeway->applied[asked].low) > slack ||
        !table_agrees(leeway, table, component->sums[asked]->plain))
        return false;
    leeway->next_table = (leeway->next_table + 1) % TABLES_MOST;
    if (leeway->table_count < TABLES_MOST) leeway->table_count++;
    return true;
}

/* --- programmes ----------------------------------------------------------------------------- */

static int solve_fractions(glp_prob *problem)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = GLP_DUALP; /* without an objective every basis is dual feasible */
    how.it_lim = PIVOTS_MOST;
    return glp_simplex(problem, &how) == 0 ? glp_get_status(problem) : GLP_UNDEF;
}

/* Counts branches, not time, so that it gives up for the same problems everywhere. */
static void count_branches(glp_tree *tree, void *context)
{
    int *branches = context;
    if (glp_ios_reason(tree) == GLP_IBRANCH && ++*branches > BRANCHES_MOST) glp_ios_terminate(tree);
}

static int solve_whole(glp_prob *problem)
{
    int branches = 0;
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.br_tech = GLP_BR_LFV; /* these two find some table soonest; there is no best one */
    how.bt_tech = GLP_BT_DFS;
    how.cb_func = count_branches;
    how.cb_info = &branches;
    return glp_intopt(problem, &how) == 0 ? glp_mip_status(problem) : GLP_UNDEF;
}

static enum search_answer give_up(struct leeway *leeway)
{
    leeway->failed = true;
    return NO_WHOLE_TABLE;
}

/* Looks for a table in which the sum has the value. */
static enum search_answer search_table(struct leeway *leeway, size_t asked, int64_t value)
{
    apply_question(leeway, asked, value);
    int status = solve_fractions(leeway->problem);
    if (status != GLP_OPT && status != GLP_NOFEAS) {
        glp_std_basis(leeway->problem);
        status = solve_fractions(leeway->problem);
    }
    if (status == GLP_NOFEAS) return NO_TABLE;
    if (status != GLP_OPT) return give_up(leeway);
    if (keep_table(leeway, asked, glp_get_col_prim)) return FOUND;
    status = solve_whole(leeway->problem);
    if (status == GLP_NOFEAS) return NO_WHOLE_TABLE;
    if (status != GLP_OPT || !keep_table(leeway, asked, glp_mip_col_val)) return give_up(leeway);
    return FOUND;
}

/* --- counting ------------------------------------------------------------------------------- */

/* How many steps a value is from the true one; false where it is between two of them. */
static bool steps_away(const struct leeway *leeway, int64_t off, int64_t *ret_steps)
{
    const int64_t step = step_of(leeway);
    *ret_steps = (off + (off < 0 ? -step : step) / 2) / step;
    return llabs(off - *ret_steps * step) <= slack_of(leeway);
}

/* Which values around the true one the kept tables prove; how many. The truth itself is a table. */
static int64_t count_proven(struct leeway *leeway, size_t asked)
{
    const struct cell_sum *sum = leeway->component->sums[asked];
    const int64_t reach = leeway->component->rule->freedom - 1;
    int64_t count = 1, away = 0;
    memset(leeway->possible, 0, (size_t)(2 * reach + 1) * sizeof(bool));
    leeway->possible[reach] = true;
    for (size_t i = 0; i < leeway->table_count; i++) {
        const int64_t *table = table_at(leeway, i);
        if (!steps_away(leeway, table[asked] - sum->value, &away)) continue;
        if (away < -reach || away > reach || leeway->possible[away + reach]) continue;
        if (!table_agrees(leeway, table, sum->plain)) continue;
        leeway->possible[away + reach] = true;
        count++;
    }
    return count;
}

/* How many more values there are below (-1) or above (1) the true one, of which `wanted` are
 * enough. */
static int64_t search_side(struct leeway *leeway, size_t asked, int64_t side, int64_t wanted)
{
    const struct cell_sum *sum = leeway->component->sums[asked];
    const int64_t reach = leeway->component->rule->freedom - 1, step = step_of(leeway);
    int64_t count = 0;
    for (int64_t away = side; away != side * (reach + 1) && count < wanted; away += side) {
        const int64_t value = sum->value + away * step;
        if (leeway->possible[away + reach] || value < 0) continue;
        if (!sum->plain && !within(sum->if_hidden, value)) break;
        enum search_answer answer = search_table(leeway, asked, value);
        if (answer == NO_TABLE) break;
        count += answer == FOUND;
    }
    return count;
}

int64_t leeway_of(struct leeway *leeway, size_t sum)
{
    const int64_t need = leeway->component->sums[sum]->need;
    if (leeway->failed) return 0; /* all will be hidden, so nothing more need be asked */
    int64_t count = count_proven(leeway, sum);
    if (count < need) count += search_side(leeway, sum, -1, need - count);
    if (count < need) count += search_side(leeway, sum, 1, need - count);
    return count < need ? count : need;
}

bool leeway_enough(struct leeway *leeway, size_t sum)
{
    return leeway_of(leeway, sum) >= leeway->component->sums[sum]->need;
}

bool leeway_failed(const struct leeway *leeway)
{
    return leeway->failed;
}

/* --- a component ---------------------------------------------------------------------------- */

/* Numbers the component's atoms as columns, in the order in which its sums name them. */
static int number_columns(const struct component *component, int *column_of)
{
    int count = 0;
    for (size_t i = 0; i < component->count; i++)
        for (size_t j = 0; j < component->sums[i]->atom_count; j++) {
            int *column = &column_of[component->sums[i]->atoms[j]];
            if (*column == 0) *column = ++count;
        }
    return count;
}

static void add_columns(struct leeway *leeway)
{
    if (leeway->column_count == 0) return;
    glp_add_cols(leeway->problem, leeway->column_count);
    for (int i = 1; i <= leeway->column_count; i++) {
        glp_set_col_kind(leeway->problem, i, GLP_IV);
        glp_set_col_bnds(leeway->problem, i, GLP_LO, 0, 0);
    }
}

static void add_rows(struct leeway *leeway, struct arena *arena)
{
    size_t room = (size_t)leeway->column_count + 1;
    int *columns = arena_array(arena, room, sizeof *columns);
    double *ones = arena_array(arena, room, sizeof *ones);
    for (size_t i = 0; i < room; i++)
        ones[i] = 1;
    glp_add_rows(leeway->problem, (int)leeway->component->count);
    for (size_t i = 0; i < leeway->component->count; i++) {
        const struct cell_sum *sum = leeway->component->sums[i];
        for (size_t j = 0; j < sum->atom_count; j++)
            columns[j + 1] = leeway->column_of[sum->atoms[j]];
        glp_set_mat_row(leeway->problem, (int)i + 1, (int)sum->atom_count, columns, ones);
        leeway->applied[i] = (struct bounds){.low = 0, .high = INT64_MAX};
    }
}

struct leeway *leeway_open(const struct component *component, size_t atom_count,
                           struct arena *arena)
{
    struct leeway *leeway = arena_new(arena, sizeof *leeway);
    int *column_of = arena_array(arena, atom_count, sizeof *column_of);
    int columns = number_columns(component, column_of);
    *leeway = (struct leeway){
        .component = component,
        .column_count = columns,
        .column_of = column_of,
        .applied = arena_array(arena, component->count, sizeof *leeway->applied),
        .atoms = arena_array(arena, (size_t)columns, sizeof *leeway->atoms),
        .tables = arena_array(arena, component->count * TABLES_MOST, sizeof *leeway->tables),
        .possible = arena_array(arena, (size_t)component->rule->freedom, 2 * sizeof(bool)),
    };
    glp_term_out(GLP_OFF);
    leeway->problem = glp_create_prob();
    add_columns(leeway);
    add_rows(leeway, arena);
    return leeway;
}

/* GLPK keeps an environment for each thread; it goes too, so that nothing stays between questions.
 */
void leeway_close(struct leeway *leeway)
{
    glp_delete_prob(leeway->problem);
    glp_free_env();
}
