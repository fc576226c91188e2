/*
 * The style of every page, as the text between <style> and </style>. Contrast is at least 7 to 1
 * (WCAG 2.1, 1.4.6) and no meaning is in a colour alone. Three media: a screen, a narrow screen
 * (each row of a table a card) and paper (landscape, headers again on each sheet).
 */
#include "codec/html_page.h"

static const char STYLE[] =
    "\n"
    ":root { color-scheme: light; }\n"
    "body { margin: 0; background: #fff; color: #1b1b1b; font: 1rem/1.5 system-ui, sans-serif; }\n"
    "main { max-width: 80rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }\n"
    "h1 { margin: 0.5rem 0 0; font-size: 1.75rem; line-height: 1.25; }\n"
    "h2 { margin: 2.5rem 0 0.5rem; font-size: 1.25rem; }\n"
    "p { max-width: 48rem; margin: 0.5rem 0; }\n"
    "dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.125rem 1.5rem; }\n"
    "dt { color: #434343; }\n"
    "dd { margin: 0; overflow-wrap: anywhere; }\n"
    "table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; "
    "font-variant-numeric: tabular-nums; }\n"
    "caption { padding: 0.25rem 0 0.5rem; color: #434343; text-align: left; }\n"
    "th, td { padding: 0.375rem 0.625rem; border-bottom: 1px solid #c4c9cf; "
    "text-align: left; vertical-align: top; }\n"
    "th { font-weight: 600; }\n"
    "thead th { border-bottom: 2px solid #154273; vertical-align: bottom; }\n"
    "tbody th { font-weight: 400; }\n"
    "td { overflow-wrap: anywhere; }\n"
    "small { color: #434343; font-size: 0.875em; }\n"
    ".getal { text-align: right; overflow-wrap: normal; }\n"
    "td.getal { padding-right: 1.25rem; white-space: nowrap; }\n"
    "th.getal { min-width: 4.5rem; padding-right: 1.25rem; }\n"
    "thead th:first-child { width: 26%; }\n"
    ".teken { position: absolute; padding-left: 0.25em; }\n"
    ".groep th { padding-top: 1rem; color: #154273; font-weight: 600; }\n"
    "@media screen and (max-width: 60rem) {\n"
    "thead { position: absolute; width: 1px; height: 1px; overflow: hidden; "
    "clip-path: inset(50%); white-space: nowrap; }\n"
    "table, caption, tbody, tr, th, td { display: block; }\n"
    "tr { margin: 0 0 0.75rem; border: 1px solid #c4c9cf; border-left: 4px solid #154273; }\n"
    "tr.groep { margin: 1.5rem 0 0.5rem; border: 0; }\n"
    "tr.groep th { padding: 0; }\n"
    "tbody th { font-weight: 600; }\n"
    "th, td { border: 0; padding: 0.125rem 0.75rem; }\n"
    "tr > :first-child { padding-top: 0.5rem; }\n"
    "tr > :last-child { padding-bottom: 0.5rem; }\n"
    "td { display: flex; gap: 1rem; }\n"
    "td::before { flex: 0 0 11rem; color: #434343; text-align: left; "
    "content: attr(data-kolom); }\n"
    "td.getal { justify-content: space-between; }\n"
    "td.getal, th.getal { padding-right: 1.25rem; }\n"
    "}\n"
    "@media screen and (max-width: 26rem) {\n"
    "dl { display: block; }\n"
    "dd { margin-bottom: 0.375rem; }\n"
    "td::before { flex-basis: 8rem; }\n"
    "}\n"
    "@media print {\n"
    "@page { size: A4 landscape; margin: 1.5cm; }\n"
    "body, table { font-size: 9pt; }\n"
    "th.getal { min-width: 0; }\n"
    "main { max-width: none; padding: 0; }\n"
    "h2 { break-after: avoid; }\n"
    "tr { break-inside: avoid; }\n"
    "}\n";

struct slice html_style(void)
{
    return slice_from(STYLE, sizeof STYLE - 1);
}
