/*
 * Says in a deliverer's words what is wrong with the form of a delivery. All codes and sentences
 * stand in one table, for people who have never seen JSON; a reader adds where it was and, where it
 * knows better, what is allowed right there. Nothing fails; after FINDINGS_MOST it only counts.
 */
#include "codec/form_finding.h"

#include "core/cite.h"

static const struct {
    enum finding_code code;
    const char *allowed;
    const char *message;
} PROBLEMS[] = {
#define FORM_ROW(constant, id, what, sentence)                                                     \
    [constant] = {.code = (id), .allowed = (what), .message = (sentence)},
    FORM_PROBLEMS(FORM_ROW) FORM_CSV_PROBLEMS(FORM_ROW)
#undef FORM_ROW
};

bool form_finding_full(const struct findings *findings)
{
    return findings->count >= FINDINGS_MOST;
}

static struct slice message_of(struct arena *arena, const struct form_report *report)
{
    const char *message =
        report->message != NULL ? report->message : PROBLEMS[report->problem].message;
    if (report->nearest.len == 0) return slice_of(message);
    return arena_print(arena, "%s Bedoelde u \"%.*s\"?", message, (int)report->nearest.len,
                       report->nearest.ptr);
}

void form_finding_add(struct findings *findings, const struct form_report *report)
{
    if (form_finding_full(findings)) {
        findings_add(findings, &(struct finding){.severity = SEVERITY_ERROR});
        return;
    }
    const char *allowed =
        report->allowed != NULL ? report->allowed : PROBLEMS[report->problem].allowed;
    struct slice found = report->found;
    if (found.len > 0) found = cite_excerpt(findings->arena, found);
    findings_add(findings, &(struct finding){
                               .code = finding_code_id(PROBLEMS[report->problem].code),
                               .severity = SEVERITY_ERROR,
                               .place = arena_copy(findings->arena, report->pointer),
                               .line = report->line,
                               .column = report->column,
                               .message = message_of(findings->arena, report),
                               .found = found,
                               .found_is_text = report->found_is_text,
                               .allowed = slice_of(allowed),
                           });
}
