#ifndef GIMON_CODEC_RENDER_RESPONSE_H
#define GIMON_CODEC_RENDER_RESPONSE_H

#include "codec/csv_writer.h"
#include "core/response.h"

/** The response as a JSON document: calendar, how many of how many, one object an organisation. */
void render_response_json(struct text *text, const struct response *response);

/** The same as CSV, one row an organisation; the calendar stands in every row. */
void render_response_csv(struct text *text, const struct response *response,
                         enum language language);

#endif
