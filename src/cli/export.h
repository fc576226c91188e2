#ifndef GIMON_CLI_EXPORT_H
#define GIMON_CLI_EXPORT_H

/** gimon export: everything a daemon may show of one monitor, for another program. */
int cli_export(int argc, char **argv);

#endif
