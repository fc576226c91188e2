/*
 * From exact points to shown ones. The decision about sums was made before (core/showing); here
 * each formula says which sums a figure needs, and the figure is computed from them as they are
 * shown, so a reader can compute it too and learns nothing by it.
 *
 *   sum                     its numerator
 *   ratio, need, shortage   numerator and denominator
 *   mean                    those of every organisation that counts; of a region there are none
 *   percentile              how many there are; the rule's threshold of them have a day
 *   quartile, `opgave`      never: one organisation's figure, a figure without a numerator
 */
#include "core/shown.h"

#include "core/indicator.h"

/* A point on its way. */
struct showing_point {
    const struct shown_question *question;
    const struct showing *showing; /* NULL: not decided */
    struct computation computation;
    struct point *point;
    struct arena *arena;
};

static const struct version *find_version(const struct point *point)
{
    for (size_t i = 0; i < point->indicator->version_count; i++) {
        if (point->indicator->versions[i].number == point->definition)
            return &point->indicator->versions[i];
    }
    return NULL;
}

/* A figure that is taken over others than were decided about is another figure. */
static bool is_same_sum(const struct maybe *made_of, const struct maybe *decided)
{
    return !made_of->present ||
           (decided->present && decimal_compare(made_of->value, decided->value) == 0);
}

/* The sums of a formula over one place; false where one of them is hidden. */
static bool find_sums(const struct showing_point *self, const struct showing_place *place,
                      struct indicator_sums *ret_sums)
{
    const struct version *version = self->computation.version;
    const struct maybe numerator =
        showing_sum(self->showing, place, version, &version->numerator).shown;
    const struct maybe denominator =
        showing_sum(self->showing, place, version, &version->denominator).shown;
    if (!numerator.present) return false;
    *ret_sums =
        (struct indicator_sums){.numerator = numerator.value, .denominator = denominator.value};
    return version->denominator.count == 0 || denominator.present;
}

static struct showing_place place_of(const struct point *point)
{
    return (struct showing_place){
        .level = point->level, .organisation = point->organisation, .region = point->region};
}

/* The same for the point itself, which must be made of just these sums. */
static bool find_own_sums(const struct showing_point *self, struct indicator_sums *ret_sums)
{
    const struct point *point = self->point;
    const struct version *version = self->computation.version;
    const struct showing_place place = place_of(point);
    const struct showing_figure numerator =
        showing_sum(self->showing, &place, version, &version->numerator);
    const struct showing_figure denominator =
        showing_sum(self->showing, &place, version, &version->denominator);
    const bool divided = version->denominator.count > 0 && version->formula != FORMULA_MEAN;
    if (numerator.received != point->received) return false;
    if (!is_same_sum(&point->numerator, &numerator.exact)) return false;
    if (divided && !is_same_sum(&point->denominator, &denominator.exact)) return false;
    return find_sums(self, &place, ret_sums);
}

static bool compute(const struct showing_point *self, struct result *ret_result)
{
    struct indicator_sums sums;
    if (!find_own_sums(self, &sums)) return false;
    *ret_result = indicator_of_sums(&self->computation, &sums, 1);
    return true;
}

/* Every organisation that counts must be shown: what is left out could be worked out. */
static bool compute_mean(const struct showing_point *self, struct result *ret_result)
{
    const struct showing *showing = self->showing;
    const size_t all = showing_organisation_count(showing);
    struct indicator_sums *sums = arena_array(self->arena, all, sizeof *sums);
    size_t count = 0;
    if (self->point->level == LEVEL_ORGANISATION) return compute(self, ret_result);
    if (self->point->level != LEVEL_NATIONAL) return false;
    for (size_t i = 0; i < all; i++) {
        const struct showing_place place = {.level = LEVEL_ORGANISATION,
                                            .organisation = showing_organisation(showing, i)};
        if (!showing_counts(showing, place.organisation, self->computation.version)) continue;
        if (!find_sums(self, &place, &sums[count++])) return false;
    }
    *ret_result = indicator_of_sums(&self->computation, sums, count);
    return count > 0;
}

/* The figure itself is a number of days, which was exact before and stays so. */
static bool take_percentile(const struct showing_point *self, struct result *ret_result)
{
    const struct maybe children = self->point->denominator;
    struct indicator_sums sums;
    if (!find_own_sums(self, &sums) || !children.present) return false;
    if (children.value.units < showing_rule(self->showing)->threshold) return false;
    *ret_result = (struct result){.value = self->point->value};
    return true;
}

static bool find_result(const struct showing_point *self, struct result *ret_result)
{
    if (self->showing == NULL || self->computation.version == NULL) return false;
    switch (self->computation.version->formula) {
    case FORMULA_SUM:
    case FORMULA_RATIO:
    case FORMULA_NEEDED:
    case FORMULA_SHORTAGE: return compute(self, ret_result);
    case FORMULA_MEAN: return compute_mean(self, ret_result);
    case FORMULA_PERCENTILE: return take_percentile(self, ret_result);
    case FORMULA_QUARTILE:
    case FORMULA_COUNT: break;
    }
    return false;
}

/* Reasons that follow from a count tell that count. */
static bool reason_tells(enum reason reason)
{
    return reason == REASON_NONE || reason == REASON_ZERO_DENOMINATOR ||
           reason == REASON_NO_DISTRIBUTION;
}

static void show(const struct showing_point *self)
{
    struct point *point = self->point;
    struct result result = {.reason = REASON_SUPPRESSED};
    const bool shown = point->value.present && find_result(self, &result) && result.value.present;
    if (!shown) {
        result = (struct result){.reason = reason_tells(point->reason) ? REASON_SUPPRESSED
                                                                       : point->reason};
    }
    point->value = result.value;
    point->numerator = result.numerator;
    point->denominator = result.denominator;
    point->reason = result.reason;
}

static void show_point(const struct shown_question *question, struct point *point,
                       struct arena *arena)
{
    const struct monitor *monitor = &question->rulebook->monitor;
    const struct version *version = find_version(point);
    const bool normed = version != NULL && version->norm != NULL;
    const struct showing_point self = {
        .question = question,
        .showing = question->edition == NULL
                       ? NULL
                       : showings_find(question->showings, question->edition, point->peildatum),
        .computation = {.monitor = monitor,
                        .version = version,
                        .norm = normed ? monitor_norm_on(monitor, version->norm, point->peildatum)
                                       : NULL,
                        .decimals = point->value.value.decimals},
        .point = point,
        .arena = arena,
    };
    show(&self);
}

void shown_points(const struct shown_question *question, struct point *points, size_t count)
{
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < count; i++)
        show_point(question, &points[i], &arena);
    arena_done(&arena);
}

/* ---- changes ---- */

/* Points stand by subject, then member, then peildatum. */
static bool is_next(const struct point *before, const struct point *point)
{
    return slice_equal(before->id, point->id) && before->level == point->level &&
           slice_equal(before->organisation, point->organisation) &&
           slice_equal(before->region, point->region);
}

/* Everybody who is in either figure is in both. */
static bool is_over_the_same(const struct point *before, const struct point *point,
                             const struct change *change)
{
    return change->organisations == before->received && change->organisations == point->received;
}

static struct change show_change(const struct point *before, const struct point *point,
                                 const struct change *exact)
{
    const struct change hidden = {
        .reason = reason_tells(exact->reason) ? REASON_SUPPRESSED : exact->reason,
        .organisations = exact->organisations,
    };
    if (exact->reason != REASON_NONE || !before->value.present || !point->value.present)
        return hidden;
    if (!is_over_the_same(before, point, exact)) return hidden;
    struct change shown = change_of_indicator(point->indicator, &before->value, &point->value);
    shown.organisations = exact->organisations;
    return shown;
}

void shown_changes(const struct point *points, struct change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const bool first = i == 0 || !is_next(&points[i - 1], &points[i]);
        if (first)
            changes[i] = (struct change){.reason = changes[i].reason};
        else
            changes[i] = show_change(&points[i - 1], &points[i], &changes[i]);
    }
}
