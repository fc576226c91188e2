"""Every read of figures and of what was delivered, as bytes."""

from examples import delivery_path

MONITOR = "/v1/monitors/gi"
HERE = delivery_path("2024-10-01", "jb-noord")
READS = (
    MONITOR + "/reeksen?niveau=landelijk", MONITOR + "/reeksen?niveau=organisatie",
    MONITOR + "/reeksen?niveau=regio&regio=JZ01,JZ02,JZ29",
    MONITOR + "/reeksen?niveau=landelijk&formaat=csv&taal=nl",
    MONITOR + "/tabellen/ontwikkeling?formaat=json", MONITOR + "/tabellen/ontwikkeling?formaat=md",
    MONITOR + "/tabellen/ontwikkeling?formaat=html", MONITOR + "/tabellen/ontwikkeling?formaat=csv",
    MONITOR + "/peildata/2024-10-01/aanleveringen?formaat=json",
    MONITOR + "/peildata/2024-10-01/aanleveringen?formaat=csv",
    MONITOR + "/herzieningen?indicator=workload,wachtlijst",
    MONITOR + "?formaat=json",
    HERE + "?formaat=json", HERE + "?formaat=csv",
    HERE + "/revisies?formaat=json", HERE + "/revisies/2?formaat=json",
    HERE + "/spiegelrapport?formaat=json", HERE + "/spiegelrapport?formaat=md",
)
# Workbooks take longer to make.
WORKBOOKS = (MONITOR + "/tabellen/ontwikkeling?formaat=xlsx", MONITOR + "/reeksen?formaat=xlsx")


def everything(client, key="", reads=READS):
    """{path: status, tag and body}, asked with one more key."""
    answers = {path: client.get(path + key) for path in reads}
    return {path: (answer.status, answer.headers["ETag"], answer.body)
            for path, answer in answers.items()}


def differing(found, given):
    """The reads that do not give what they gave; a failure names them and does not print pages."""
    return [path for path in given if found[path] != given[path]]
