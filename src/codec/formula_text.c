/*
 * A formula as people read it: the columns by the names that deliveries have, and the words of the
 * definition for what is no arithmetic. A look-up in what was read; nothing can fail.
 */
#include "codec/formula_text.h"

/* `(a + b)`, without parentheses around a single column. */
static void put_term(struct text *text, const struct monitor *monitor, const struct term *term)
{
    if (term->count > 1) text_putc(text, '(');
    for (size_t i = 0; i < term->count; i++) {
        if (i > 0) text_puts(text, " + ");
        text_put(text, monitor->columns[term->columns[i]].id);
    }
    if (term->count > 1) text_putc(text, ')');
}

static void put_ratio(struct text *text, const struct monitor *monitor,
                      const struct version *version)
{
    if (version->factor != 1) text_printf(text, "%lld × ", (long long)version->factor);
    put_term(text, monitor, &version->numerator);
    text_puts(text, " / ");
    put_term(text, monitor, &version->denominator);
}

static void put_needed(struct text *text, const struct monitor *monitor,
                       const struct version *version)
{
    put_term(text, monitor, &version->numerator);
    text_puts(text, " / norm ");
    if (version->norm != NULL) text_put(text, version->norm->id);
}

void formula_put(struct text *text, const struct monitor *monitor, const struct version *version)
{
    switch (version->formula) {
    case FORMULA_SUM: put_term(text, monitor, &version->numerator); break;
    case FORMULA_RATIO: put_ratio(text, monitor, version); break;
    case FORMULA_MEAN:
        text_puts(text, "gemiddelde over organisaties van ");
        put_ratio(text, monitor, version);
        break;
    case FORMULA_QUARTILE:
        text_printf(text, "kwartiel %u over organisaties van ", version->quartile);
        put_ratio(text, monitor, version);
        break;
    case FORMULA_PERCENTILE:
        text_printf(text, "percentiel %u van de gewachte dagen van ", version->percentile);
        put_term(text, monitor, &version->numerator);
        break;
    case FORMULA_NEEDED: put_needed(text, monitor, version); break;
    case FORMULA_SHORTAGE:
        put_needed(text, monitor, version);
        text_puts(text, " - ");
        put_term(text, monitor, &version->denominator);
        break;
    case FORMULA_COUNT: break;
    }
}
