/*
 * Which of the figures that belong together may be shown.
 *
 * Small counts are hidden. A reader adds and subtracts what is left, so each hidden sum is held
 * against everything the reader knows: if it could take too few values, other sums are hidden too.
 *   1. All sums that need not be hidden are shown.
 *   2. For each hidden sum that can be worked out: all others are hidden, then shown again from the
 *      most important down; each that would give the sum away stays hidden. What stays hidden must
 *      be protected likewise, until nothing changes.
 *   3. What was hidden for one sum may not be needed any more because of what was hidden for
 *      another: each is tried once more, until nothing changes.
 * All choices follow from which values are possible, never from how a solver found that out, so
 * every instance and every version of the solver decides alike: an edition is computed again each
 * time.
 *
 * Hiding never takes room from anything, so 2 ends at the latest with everything hidden. Where even
 * that is not enough, the promise is smaller: see settle_promise. Where the solver fails,
 * everything that may be is hidden.
 */
#include "core/disclosure.h"

#include "core/disclosure_private.h"
#include "core/rounding.h"

#include <stdlib.h>
#include <string.h>

/* A component while it is decided. */
struct shield {
    struct component component;
    struct leeway *leeway;
    struct cell_sum **open; /* those with a choice, the most important first */
    size_t open_count;
    struct cell_sum **choice; /* room for the open ones that one step is about */
};

int64_t disclosure_rounded(const struct disclosure_rule *rule, int64_t value)
{
    struct decimal steps = decimal_of(0);
    bool fits = rounding_ratio(1, decimal_of(value), decimal_of(rule->base), 0, &steps);
    return fits ? steps.units * rule->base : value;
}

static void set_shown(struct cell_sum *const *sums, size_t from, size_t to, bool shown)
{
    for (size_t i = from; i < to; i++)
        sums[i]->shown = shown;
}

/* The open sums that are shown, into `choice`. */
static size_t shown_choices(struct shield *shield)
{
    size_t count = 0;
    for (size_t i = 0; i < shield->open_count; i++)
        if (shield->open[i]->shown) shield->choice[count++] = shield->open[i];
    return count;
}

/*
 * What can be promised of a hidden sum at all. The reader is taken to know which hidden sums are
 * below the threshold; where with everything hidden that is too much knowledge, the sum is
 * protected against a reader who does not. And where an earlier edition leaves too few values even
 * then, it keeps those.
 */
static void settle_promise(struct shield *shield, size_t hidden)
{
    struct cell_sum *sum = shield->component.sums[hidden];
    size_t count = shown_choices(shield);
    set_shown(shield->choice, 0, count, false);
    if (!leeway_enough(shield->leeway, hidden)) {
        sum->plain = true;
        sum->need = leeway_of(shield->leeway, hidden);
    }
    set_shown(shield->choice, 0, count, true);
}

/* How far the choices from `from` on can be shown with the hidden sum protected. */
static size_t furthest(struct shield *shield, size_t hidden, size_t from, size_t count)
{
    size_t good = from, bad = count + 1;
    for (size_t next = count; bad - good > 1; next = good + (bad - good) / 2) {
        set_shown(shield->choice, from, next, true);
        set_shown(shield->choice, next, count, false);
        if (leeway_enough(shield->leeway, hidden))
            good = next;
        else
            bad = next;
    }
    set_shown(shield->choice, from, good, true);
    set_shown(shield->choice, good, count, false);
    return good;
}

/* Hides for a sum that can be worked out; false where nothing more was hidden. */
static bool hide_for(struct shield *shield, size_t hidden)
{
    size_t count = shown_choices(shield), hid = 0;
    set_shown(shield->choice, 0, count, false);
    for (size_t from = 0; from < count; hid++) {
        from = furthest(shield, hidden, from, count);
        if (from == count) break;
        shield->choice[from++]->ward = shield->component.sums[hidden];
    }
    return hid > 0;
}

static bool protect(struct shield *shield, size_t hidden)
{
    if (leeway_enough(shield->leeway, hidden)) return false;
    if (!shield->component.sums[hidden]->plain) settle_promise(shield, hidden);
    return !leeway_enough(shield->leeway, hidden) && hide_for(shield, hidden);
}

static void protect_all(struct shield *shield)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < shield->component.count; i++)
            if (!shield->component.sums[i]->shown && protect(shield, i)) again = true;
    }
}

/* Whether all hidden sums are protected; the likeliest not to be is asked first. */
static bool all_protected(struct shield *shield, const struct cell_sum *first)
{
    const struct component *component = &shield->component;
    for (size_t i = 0; i < component->count; i++)
        if (component->sums[i] == first && !first->shown && !leeway_enough(shield->leeway, i))
            return false;
    for (size_t i = 0; i < component->count; i++)
        if (!component->sums[i]->shown && !leeway_enough(shield->leeway, i)) return false;
    return true;
}

static void show_what_can_be(struct shield *shield)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < shield->open_count; i++) {
            struct cell_sum *sum = shield->open[i];
            if (sum->shown) continue;
            sum->shown = true;
            if (all_protected(shield, sum->ward))
                again = true;
            else
                sum->shown = false;
        }
    }
}

static int compare_importance(const void *left, const void *right)
{
    return disclosure_more_important(*(const struct cell_sum *const *)left,
                                     *(const struct cell_sum *const *)right);
}

static void find_open(struct shield *shield, struct arena *arena)
{
    const struct component *component = &shield->component;
    shield->open = arena_array(arena, component->count, sizeof(struct cell_sum *));
    shield->choice = arena_array(arena, component->count, sizeof(struct cell_sum *));
    for (size_t i = 0; i < component->count; i++)
        if (component->sums[i]->open) shield->open[shield->open_count++] = component->sums[i];
    qsort(shield->open, shield->open_count, sizeof(struct cell_sum *), compare_importance);
}

static bool anything_to_protect(const struct component *component)
{
    bool hidden = false, open = false;
    for (size_t i = 0; i < component->count; i++) {
        hidden |= !component->sums[i]->shown;
        open |= component->sums[i]->open;
    }
    return hidden && open;
}

static void decide_component(struct component component, size_t atom_count, struct arena *arena)
{
    if (!anything_to_protect(&component)) return;
    struct shield shield = {.component = component};
    find_open(&shield, arena);
    shield.leeway = leeway_open(&shield.component, atom_count, arena);
    protect_all(&shield);
    show_what_can_be(&shield);
    if (leeway_failed(shield.leeway)) set_shown(shield.open, 0, shield.open_count, false);
    leeway_close(shield.leeway);
}

static size_t component_end(const struct sums *sums, size_t from)
{
    size_t to = from;
    while (to < sums->count && sums->together[to]->component == sums->together[from]->component)
        to++;
    return to;
}

void disclosure_decide(const struct disclosure_rule *rule, size_t atom_count,
                       struct disclosure_cell *cells, size_t cell_count, struct arena *arena)
{
    struct sums sums = disclosure_sums(rule, atom_count, cells, cell_count, arena);
    for (size_t from = 0, to; from < sums.count; from = to) {
        to = component_end(&sums, from);
        struct component component = {
            .rule = rule, .sums = sums.together + from, .count = to - from};
        decide_component(component, atom_count, arena);
    }
    for (size_t i = 0; i < cell_count; i++) {
        bool may = !cells[i].withheld && cells[i].value >= rule->threshold;
        if (!cells[i].settled) cells[i].shown = may && sums.of_cell[i]->shown;
    }
}
