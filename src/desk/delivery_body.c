/*
 * A delivery comes in and goes out in two forms, JSON and CSV; here, and nowhere else on the desk,
 * they are told apart. Both hold the same, so what was shown in one can be delivered in either.
 */
#include "desk/delivery_body.h"

#include "codec/submission_csv.h"
#include "codec/submission_json.h"
#include "core/division.h"

static struct submission *read_body(struct visit *visit)
{
    const struct submission_csv csv = {
        .body = visit->request->body,
        .charset = visit->media.charset,
        .rulebook = visit->rulebook,
    };
    if (visit->media.format == FORMAT_CSV) return submission_csv_read(&csv, &visit->findings);
    return submission_json_read(visit->request->body, &visit->findings);
}

struct submission *delivery_body_read(struct visit *visit)
{
    struct submission *submission = read_body(visit);
    if (submission != NULL) submission_divide(submission, &visit->rulebook->monitor);
    return submission;
}

void delivery_body_name(struct reply *reply, struct slice name, struct arena *arena)
{
    reply_add_header(
        reply, "Content-Disposition",
        arena_print(arena, "attachment; filename=\"%.*s.csv\"", (int)name.len, name.ptr));
}

void delivery_body_show(const struct visit *visit, const struct revision *revision,
                        struct reply *reply)
{
    struct arena *arena = visit->request->arena;
    if (visit->format != FORMAT_CSV) {
        reply->content_type = format_media_type(FORMAT_JSON);
        text_put(&reply->body, revision->content);
        return;
    }
    struct text name = {0};
    text_put(&name, visit->ledger->monitor);
    text_putc(&name, '-');
    date_put(&name, visit->peildatum->date);
    text_putc(&name, '-');
    text_put(&name, visit->organisation->id);
    delivery_body_name(reply, text_slice(&name), arena);
    text_done(&name);
    reply->content_type = render_csv.content_type;
    submission_csv_write(&reply->body, revision->submission);
}
