#ifndef GIMON_CLI_EXPORT_OPENMETRICS_H
#define GIMON_CLI_EXPORT_OPENMETRICS_H

/** gimon export openmetrics: every point at its peildatum, for back-filling a Prometheus. */
int cli_export_openmetrics(int argc, char **argv);

#endif
