"""What stands in ``deploy/``: valid manifests, and the same facts in each way to deploy."""

import re

import kubernetes_validate
import pytest
import yaml

from scripts.serving import ROOT

DEPLOY = ROOT / "deploy"
MANIFESTS = list(yaml.safe_load_all((DEPLOY / "kubernetes/spotcheck.yaml").read_text()))
BY_KIND = {one["kind"]: one for one in MANIFESTS}
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
NGINX = (DEPLOY / "nginx/spotcheck.conf").read_text()


@pytest.mark.parametrize("manifest", MANIFESTS, ids=list(BY_KIND))
def test_a_manifest_fits_the_schema(manifest):
    kubernetes_validate.validate(manifest, "1.33", strict=True)


def test_nothing_is_missing_for_many_replicas():
    assert set(BY_KIND) == {
        *("Secret", "Deployment", "Service", "Ingress"),
        *("HorizontalPodAutoscaler", "PodDisruptionBudget"),
    }
    pod = BY_KIND["Deployment"]["spec"]["template"]
    labels = pod["metadata"]["labels"]
    assert BY_KIND["Service"]["spec"]["selector"] == labels
    assert BY_KIND["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert BY_KIND["Ingress"]["metadata"]["annotations"][
        "nginx.ingress.kubernetes.io/affinity"
    ] == ("cookie")
    container = pod["spec"]["containers"][0]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert pod["spec"]["securityContext"]["runAsNonRoot"]
    (secret,) = (one["valueFrom"]["secretKeyRef"] for one in container["env"])
    assert secret["key"] in BY_KIND["Secret"]["stringData"]


def test_every_way_asks_the_same_place_whether_the_app_is_well():
    container = BY_KIND["Deployment"]["spec"]["template"]["spec"]["containers"][0]
    probes = ("readinessProbe", "livenessProbe", "startupProbe")
    assert {container[one]["httpGet"]["path"] for one in probes} == {"/_stcore/health"}
    assert "/_stcore/health" in DOCKERFILE


def test_the_container_has_what_the_app_reads_and_no_more():
    copied = set(re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.M))
    names = {name for line in copied for name in line.split()}
    assert names == {
        *("requirements.txt", ".streamlit", "assets", "data", "pages", "spotcheck"),
        *("LICENSE", "asgi.py", "streamlit_app.py"),
    }
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert {line[1:] for line in kept if line.startswith("!")} == names
    uid = BY_KIND["Deployment"]["spec"]["template"]["spec"]["securityContext"]["runAsUser"]
    assert f"USER {uid}" in DOCKERFILE


def test_the_ingress_and_nginx_let_the_same_uploads_through():
    annotations = BY_KIND["Ingress"]["metadata"]["annotations"]
    limit = annotations["nginx.ingress.kubernetes.io/proxy-body-size"]
    assert f"client_max_body_size {limit};" in NGINX
