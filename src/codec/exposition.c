/*
 * Prometheus text 0.0.4 and OpenMetrics 1.0, which differ in little: the order of the metadata, the
 * unit, the name a counter or info is announced by, and the end. A caller names the family once and
 * gives its samples; what a format wants is decided here. It cannot fail.
 */
#include "codec/exposition.h"

const char *exposition_content_type(enum exposition_format format)
{
    return format == EXPOSITION_OPENMETRICS
               ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
               : "text/plain; version=0.0.4; charset=utf-8";
}

void exposition_init(struct exposition *exposition, struct text *text,
                     enum exposition_format format)
{
    *exposition = (struct exposition){.text = text, .format = format};
}

/** How a byte is escaped, NULL if it stands for itself: a quote where the format wants it. */
static const char *escape_of(char byte, bool quotes)
{
    switch (byte) {
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '"': return quotes ? "\\\"" : NULL;
    default: return NULL;
    }
}

static void put_escaped(struct text *text, struct slice value, bool quotes)
{
    size_t written = 0;
    for (size_t i = 0; i < value.len; i++) {
        const char *escape = escape_of(value.ptr[i], quotes);
        if (escape == NULL) continue;
        text_put(text, slice_from(value.ptr + written, i - written));
        text_puts(text, escape);
        written = i + 1;
    }
    if (written < value.len) text_put(text, slice_from(value.ptr + written, value.len - written));
}

/** What a sample's name has that the family's name in OpenMetrics has not. */
static const char *kind_suffix(enum family_kind kind)
{
    switch (kind) {
    case FAMILY_COUNTER: return "_total";
    case FAMILY_INFO: return "_info";
    case FAMILY_GAUGE:
    case FAMILY_HISTOGRAM: break;
    }
    return "";
}

/** Text 0.0.4 knows no info: there it is a gauge that is always 1. */
static const char *kind_name(enum family_kind kind, enum exposition_format format)
{
    switch (kind) {
    case FAMILY_COUNTER: return "counter";
    case FAMILY_HISTOGRAM: return "histogram";
    case FAMILY_INFO: return format == EXPOSITION_OPENMETRICS ? "info" : "gauge";
    case FAMILY_GAUGE: break;
    }
    return "gauge";
}

/** `# HELP gi_workload Workload per fte`; the old format announces the name of the samples. */
static void put_metadata(const struct exposition *exposition, const char *what, struct slice value)
{
    const bool open = exposition->format == EXPOSITION_OPENMETRICS;
    struct text *text = exposition->text;
    text_puts(text, what);
    text_put(text, exposition->family.name);
    if (!open) text_puts(text, kind_suffix(exposition->family.kind));
    text_putc(text, ' ');
    put_escaped(text, value, open);
    text_putc(text, '\n');
}

void exposition_family(struct exposition *exposition, const struct family *family)
{
    const struct slice kind = slice_of(kind_name(family->kind, exposition->format));
    exposition->family = *family;
    if (exposition->format == EXPOSITION_PROMETHEUS) {
        put_metadata(exposition, "# HELP ", family->help);
        put_metadata(exposition, "# TYPE ", kind);
        return;
    }
    put_metadata(exposition, "# TYPE ", kind);
    if (family->unit.len > 0) put_metadata(exposition, "# UNIT ", family->unit);
    put_metadata(exposition, "# HELP ", family->help);
}

void exposition_sample(struct exposition *exposition, const char *suffix)
{
    text_put(exposition->text, exposition->family.name);
    text_puts(exposition->text, kind_suffix(exposition->family.kind));
    text_puts(exposition->text, suffix);
    exposition->labelled = false;
}

void exposition_label(struct exposition *exposition, const char *name, struct slice value)
{
    if (value.len == 0) return;
    text_putc(exposition->text, exposition->labelled ? ',' : '{');
    text_puts(exposition->text, name);
    text_puts(exposition->text, "=\"");
    put_escaped(exposition->text, value, true);
    text_putc(exposition->text, '"');
    exposition->labelled = true;
}

static void end_labels(struct exposition *exposition)
{
    if (exposition->labelled) text_putc(exposition->text, '}');
    text_putc(exposition->text, ' ');
}

void exposition_value(struct exposition *exposition, struct decimal value)
{
    end_labels(exposition);
    decimal_put(exposition->text, value);
    text_putc(exposition->text, '\n');
}

void exposition_value_at(struct exposition *exposition, struct decimal value, int64_t seconds)
{
    end_labels(exposition);
    decimal_put(exposition->text, value);
    text_putc(exposition->text, ' ');
    text_put_int(exposition->text, seconds);
    text_putc(exposition->text, '\n');
}

void exposition_count(struct exposition *exposition, uint64_t value)
{
    end_labels(exposition);
    text_put_u64(exposition->text, value);
    text_putc(exposition->text, '\n');
}

void exposition_end(struct text *text, enum exposition_format format)
{
    if (format == EXPOSITION_OPENMETRICS) text_puts(text, "# EOF\n");
}
