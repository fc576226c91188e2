"""The one form that refusals have."""


def assert_problem(answer, status):
    """The form that every refusal under /v1 has."""
    assert_plain_problem(answer, status)
    assert answer.headers["API-Version"].count(".") == 2
    return answer.json()


def assert_plain_problem(answer, status):
    """The form that every refusal has."""
    assert answer.status == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    problem = answer.json()
    assert problem["status"] == status and problem["title"] and problem["detail"]
    assert problem["type"].startswith("/problemen/")
