/*
 * The cells of a line: a number, a date, n.v.t. or nothing. What does not fit is reported where it
 * stands, in words for people who know spreadsheets.
 */
#include "codec/submission_csv_reader.h"

#include "core/bsn.h"

void csv_need_empty(struct csv_reader *reader, const struct csv_line *line, enum csv_column column,
                    const char *message)
{
    if (line->cells[column].text.len == 0) return;
    csv_report_line(reader, line, column,
                    (struct form_report){.problem = FORM_FILLED_FIELD, .message = message});
}

bool csv_is_not_applicable(struct slice text)
{
    return slice_is_nocase(text, "n.v.t.") || slice_is_nocase(text, "n.v.t") ||
           slice_is_nocase(text, "nvt");
}

/* What the answer of the number reader is in findings. */
static enum form_problem problem_of(enum csv_number_answer answer)
{
    switch (answer) {
    case CSV_NUMBER_OK:
    case CSV_NUMBER_NONE: break;
    case CSV_NUMBER_TOO_LARGE: return FORM_TOO_LARGE;
    case CSV_NUMBER_TOO_FINE: return FORM_TOO_FINE;
    case CSV_NUMBER_AMBIGUOUS: return FORM_AMBIGUOUS;
    }
    return FORM_NO_NUMBER;
}

/* Says what the number may have meant, unless that could be a person's. */
static void name_choice(struct csv_reader *reader, struct slice written, struct form_report *report)
{
    const struct slice choice = csv_number_choice(written, reader->findings->arena);
    if (bsn_in(choice)) {
        report->found = slice_of("*********");
    } else {
        report->allowed = choice.ptr;
    }
}

static void report_number(struct csv_reader *reader, const struct csv_line *line,
                          enum csv_number_answer answer)
{
    struct form_report report = {.problem = problem_of(answer)};
    if (report.problem == FORM_NO_NUMBER) {
        report.allowed = "een getal, bijvoorbeeld 1834 of 12,6";
        report.message =
            "Dit is niet als getal te lezen. Schrijf alleen cijfers, met een komma "
            "voor decimalen; is het niet van toepassing, schrijf dan n.v.t.";
    }
    if (report.problem == FORM_AMBIGUOUS && !form_finding_full(reader->findings))
        name_choice(reader, line->cells[CSV_VALUE].text, &report);
    csv_report_line(reader, line, CSV_VALUE, report);
}

/* `1,834` where whole numbers are counted: rounding it off would be the wrong advice. */
static bool is_english_thousands(const struct csv_number *number, unsigned decimals)
{
    return decimals == 0 && number->has_comma && number->value.decimals == 3;
}

bool csv_read_number(struct csv_reader *reader, const struct csv_line *line, unsigned decimals,
                     struct csv_number *ret_number)
{
    struct csv_number number;
    const struct slice text = line->cells[CSV_VALUE].text;
    const enum csv_number_answer answer = csv_number_parse(text, decimals, reader->arena, &number);
    if (answer != CSV_NUMBER_OK) {
        report_number(reader, line, answer);
        return false;
    }
    *ret_number = number;
    return true;
}

bool csv_read_figure(struct csv_reader *reader, const struct csv_line *line, unsigned decimals,
                     struct csv_number *ret_number)
{
    if (!csv_read_number(reader, line, decimals, ret_number)) return false;
    if (!is_english_thousands(ret_number, decimals)) return true;
    csv_report_line(reader, line, CSV_VALUE,
                    (struct form_report){
                        .problem = FORM_TOO_FINE,
                        .allowed = "een heel getal",
                        .message = "De komma staat hier voor decimalen, en die heeft dit cijfer "
                                   "niet. Zijn het duizendtallen, haal de komma dan weg.",
                    });
    return false;
}

/* `2024-09-02`, or `2-9-2024` as a Dutch spreadsheet rewrites it. */
static bool parse_date(struct slice text, struct date *ret_date)
{
    struct slice day, month, year, rest;
    uint64_t numbers[3];
    if (date_parse(text, ret_date)) return true;
    if (!slice_cut(text, '-', &day, &rest) || !slice_cut(rest, '-', &month, &year)) return false;
    if (day.len > 2 || month.len > 2 || year.len != 4) return false;
    if (!slice_to_u64(day, &numbers[0]) || !slice_to_u64(month, &numbers[1]) ||
        !slice_to_u64(year, &numbers[2]))
        return false;
    const struct civil civil = {
        .year = (int)numbers[2], .month = (int)numbers[1], .day = (int)numbers[0]};
    return date_from_civil(civil, ret_date);
}

bool csv_read_since(struct csv_reader *reader, const struct csv_line *line, struct date *ret_date)
{
    if (parse_date(line->cells[CSV_SINCE].text, ret_date)) return true;
    csv_report_line(reader, line, CSV_SINCE,
                    (struct form_report){
                        .problem = FORM_BAD_DATE,
                        .allowed = "een datum als 2024-10-01 of 1-10-2024",
                        .message = "Dit is geen bestaande datum. Schrijf 1 oktober 2024 als "
                                   "2024-10-01 of als 1-10-2024, met het jaar in vier cijfers.",
                    });
    return false;
}
