#ifndef GIMON_CLI_EXPORT_CSV_H
#define GIMON_CLI_EXPORT_CSV_H

/** gimon export csv: every revision of every delivery, one line a value. */
int cli_export_csv(int argc, char **argv);

#endif
