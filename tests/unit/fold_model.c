#include "unit/fold_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long round_half_up(long twice_numerator_scaled, long denominator)
{
    return (twice_numerator_scaled + denominator) / (2 * denominator);
}

static void print_tenths(char *out, long tenths)
{
    if (tenths % 10 == 0)
        sprintf(out, "%ld", tenths / 10);
    else
        sprintf(out, "%ld.%ld", tenths / 10, tenths % 10);
}

/* What was withdrawn or is set aside is as good as not delivered. */
static bool counts(const struct model *model)
{
    return model->delivered && !model->aside;
}

static bool workload_counts(const struct model *model)
{
    return counts(model) && model->a.presence > 0 && model->b.presence > 0 &&
           model->fte.presence > 0;
}

static bool workload_has_value(const struct model *model)
{
    return model->a.presence == 2 || model->b.presence == 2 || model->fte.presence == 2;
}

static void plain_ratio(const struct model *models, char *out)
{
    long numerator = 0, denominator = 0;
    int received = 0, valued = 0;
    for (int i = 0; i < MODEL_ORGANISATIONS; i++) {
        if (!workload_counts(&models[i])) continue;
        received++;
        valued += workload_has_value(&models[i]);
        numerator += models[i].a.units + models[i].b.units;
        denominator += models[i].fte.units;
    }
    if (received == 0)
        strcpy(out, "niet-aangeleverd");
    else if (valued == 0)
        strcpy(out, "niet-van-toepassing");
    else if (denominator == 0)
        strcpy(out, "noemer-nul");
    else
        print_tenths(out, round_half_up(2 * numerator * 1000, denominator));
}

/* The mean of at most three ratios n/d over a common denominator. */
static void plain_mean(const struct model *models, char *out)
{
    long numerator = 0, common = 1, count = 0;
    int received = 0, valued = 0;
    for (int i = 0; i < MODEL_ORGANISATIONS; i++) {
        if (!workload_counts(&models[i])) continue;
        received++;
        valued += workload_has_value(&models[i]);
        if (models[i].fte.units == 0) continue;
        long own = models[i].a.units + models[i].b.units;
        numerator = numerator * models[i].fte.units + own * common;
        common *= models[i].fte.units;
        count++;
    }
    if (received == 0)
        strcpy(out, "niet-aangeleverd");
    else if (valued == 0)
        strcpy(out, "niet-van-toepassing");
    else if (count == 0)
        strcpy(out, "noemer-nul");
    else
        print_tenths(out, round_half_up(2 * numerator * 1000, common * count));
}

static bool on_list(const struct model *model, int row)
{
    return model->list == 3 || model->waits[row].days > 10;
}

/* Children, days, and how many organisations said anything and how many more than null. */
static void plain_waits(const struct model *models, long *ret_children, long *ret_days,
                        int *ret_received, int *ret_valued)
{
    for (int i = 0; i < MODEL_ORGANISATIONS; i++) {
        if (!counts(&models[i]) || models[i].list == 0) continue;
        *ret_received += 1;
        *ret_valued += models[i].list > 1;
        for (int j = 0; j < models[i].wait_count; j++) {
            if (!on_list(&models[i], j)) continue;
            *ret_children += models[i].waits[j].count;
            *ret_days += models[i].waits[j].count * models[i].waits[j].days;
        }
    }
}

static int compare_long(const void *a, const void *b)
{
    long left = *(const long *)a, right = *(const long *)b;
    return (left > right) - (left < right);
}

/* Every child by itself, sorted; the median is the child in the middle, the lower of two. */
static void plain_median(const struct model *models, char *out)
{
    static long each[MODEL_ORGANISATIONS * MODEL_ROWS_MOST * 16];
    size_t count = 0;
    for (int i = 0; i < MODEL_ORGANISATIONS; i++) {
        for (int j = 0; counts(&models[i]) && models[i].list == 2 && j < models[i].wait_count; j++)
            for (long k = 0; on_list(&models[i], j) && k < models[i].waits[j].count; k++)
                each[count++] = models[i].waits[j].days;
    }
    if (count == 0) {
        strcpy(out, "geen-verdeling");
        return;
    }
    qsort(each, count, sizeof each[0], compare_long);
    sprintf(out, "%ld", each[(count + 1) / 2 - 1]);
}

void model_answer(const struct model *models, const char *indicator, char *out)
{
    long children = 0, days = 0;
    int received = 0, valued = 0;
    if (strcmp(indicator, "last") == 0) {
        plain_ratio(models, out);
        return;
    }
    if (strcmp(indicator, "gemiddelde") == 0) {
        plain_mean(models, out);
        return;
    }
    plain_waits(models, &children, &days, &received, &valued);
    if (received == 0)
        strcpy(out, "niet-aangeleverd");
    else if (valued == 0)
        strcpy(out, "niet-van-toepassing");
    else if (strcmp(indicator, "wacht") == 0)
        sprintf(out, "%ld", children);
    else if (strcmp(indicator, "mediaan") == 0)
        plain_median(models, out);
    else if (children == 0)
        strcpy(out, "noemer-nul");
    else
        print_tenths(out, round_half_up(2 * days * 10, children));
}
