import pytest
@pytest.mark.parametrize("url", ["/teams","/teams?q=to+hoa&level=village&status=all&activity=silent","/teams?under=071&map_on=2025-06-30&unallocated=commune","/teams/1","/teams/1?on=2021-01-01","/persons","/memberships","/persons/1","/activities","/activities?from=2025-01-01&to=2025-12-31&status=all","/activities/1","/audit"])
def test_smoke(visit, url):
    p = visit("administrator", language="en").get(url)
    print(p.text)
