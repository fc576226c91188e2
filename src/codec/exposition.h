#ifndef GIMON_CODEC_EXPOSITION_H
#define GIMON_CODEC_EXPOSITION_H

#include "base/decimal.h"
#include "base/text.h"

/** The two text formats of metrics that are asked for by `Accept`. */
enum exposition_format {
    EXPOSITION_PROMETHEUS,  /**< Prometheus text 0.0.4 */
    EXPOSITION_OPENMETRICS, /**< OpenMetrics 1.0 */
};

enum family_kind { FAMILY_GAUGE, FAMILY_COUNTER, FAMILY_HISTOGRAM, FAMILY_INFO };

/** All samples under one name. They must follow the family's head without another in between. */
struct family {
    struct slice name; /**< without the `_total` of a counter and the `_info` of an info */
    enum family_kind kind;
    struct slice unit; /**< the last part of the name, or empty */
    struct slice help;
};

/** Writes metrics straight into a text: a family, then its samples. A sample of the
 * past has a timestamp, and is for a file: a scrape that has one is dropped. */
struct exposition {
    struct text *text;
    enum exposition_format format;
    struct family family;
    bool labelled; /**< the sample has a label already */
};

/** What the answer says in Content-Type; Prometheus 3 refuses a scrape without it. */
const char *exposition_content_type(enum exposition_format format);

/** A writer that appends to `text`. */
void exposition_init(struct exposition *exposition, struct text *text,
                     enum exposition_format format);

/** The head of a family; `family`'s texts must live until the next one. */
void exposition_family(struct exposition *exposition, const struct family *family);

/** Begins a sample; `suffix` is what a histogram adds to the name, else "". */
void exposition_sample(struct exposition *exposition, const char *suffix);

/** A label of the sample begun; an empty value means no label. */
void exposition_label(struct exposition *exposition, const char *name, struct slice value);

/** The value, in shortest form; ends the sample. */
void exposition_value(struct exposition *exposition, struct decimal value);
void exposition_count(struct exposition *exposition, uint64_t value);

/** The same with a timestamp, in seconds since 1970; OpenMetrics only. */
void exposition_value_at(struct exposition *exposition, struct decimal value, int64_t seconds);

/** Ends the whole page: OpenMetrics wants `# EOF`, once and last. */
void exposition_end(struct text *text, enum exposition_format format);

#endif
