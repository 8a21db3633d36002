#!/usr/bin/env python3
"""Writes what an installation of Circuitloom is made of as SPDX 2.3 (JSON).

usage: packaging/sbom.py INSTALLED BUILD VERSION DATE > sbom.spdx.json

INSTALLED is a folder with the programs and modules as they were installed, BUILD the folder that
they were built in with Ninja. Nothing is listed by hand: libraries are those that the ELF files
there name as needed, packages of headers those that Ninja read for their objects, and Debian's
dpkg says which package, version and licence a file belongs to.
"""

import hashlib
import json
import os
import re
import subprocess
import sys

# Debian's short names of licences, where SPDX has others.
SPDX = {
    "Apache-2": "Apache-2.0", "Apache-2.0": "Apache-2.0", "BSD-3-clause": "BSD-3-Clause",
    "BSD-3-Clause": "BSD-3-Clause", "BSD-2-clause": "BSD-2-Clause", "BSL-1.0": "BSL-1.0",
    "Expat": "MIT", "MIT": "MIT", "EPL-1.0": "EPL-1.0", "Zlib": "Zlib", "zlib": "Zlib",
    "GPL-2+": "GPL-2.0-or-later", "GPL-3": "GPL-3.0-only", "GPL-3+": "GPL-3.0-or-later",
    "LGPL-2.1": "LGPL-2.1-only", "LGPL-2.1+": "LGPL-2.1-or-later", "LGPL-3": "LGPL-3.0-only",
    "LGPL-3 or GPL-2": "LGPL-3.0-only OR GPL-2.0-only",
}


def output(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def elf_files(folder):
    for where, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(where, name)
            with open(path, "rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def needed_libraries(path):
    """Files of the libraries that an ELF file names itself, not those that these need in turn."""
    names = set(re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "-d", path)))
    for line in output("ldd", path).splitlines():
        found = re.match(r"\s*(\S+) => (/\S+)", line)
        if found and found[1] in names:
            yield found[2]


def headers_read(build):
    """Headers outside of the project that objects of the shipped programs were compiled from."""
    headers = set()
    shipped = False
    for line in output("ninja", "-C", build, "-t", "deps").splitlines():
        if line and not line[0].isspace():
            shipped = line.startswith(("app/", "core/", "ui/"))
        elif shipped and line.strip().startswith("/usr/"):
            headers.add(line.strip())
    return headers


def packages_of(files):
    """The Debian packages that the files belong to."""
    names = set()
    files = sorted({os.path.realpath(file) for file in files})
    # Where /lib is a link, dpkg knows some files by their old names.
    both = files + [file[4:] for file in files if file.startswith("/usr/lib")]
    for first in range(0, len(both), 500):
        found = subprocess.run(["dpkg-query", "-S", *both[first:first + 500]],
                               capture_output=True, text=True, check=False).stdout
        for line in found.splitlines():
            owners, _, path = line.partition(": ")
            if path.startswith("/") and not owners.startswith("diversion"):
                names.update(owner.strip() for owner in owners.split(","))
    return sorted(names)


def licences_of(package):
    """Debian's words for the licence of most files of a package, then for all others."""
    try:
        with open(f"/usr/share/doc/{package.split(':')[0]}/copyright", encoding="utf-8") as file:
            text = file.read()
    except OSError:
        return None, []
    main = None
    words = []
    for paragraph in re.split(r"\n\s*\n", text):
        licence = re.search(r"^License:[ \t]*(\S[^\n]*)$", paragraph, re.M)
        if not licence:
            continue
        if re.search(r"^Files:\s*\*\s*$", paragraph, re.M):
            main = licence[1].strip()
        if licence[1].strip() not in words:
            words.append(licence[1].strip())
    return main, words


def spdx_id(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def described(package):
    version, source, homepage = output(
        "dpkg-query", "-W", "-f", "${Version}\n${source:Package}\n${Homepage}", package).split("\n")
    main, words = licences_of(package)
    item = {
        "SPDXID": spdx_id("Package-" + package.split(":")[0]),
        "name": package.split(":")[0],
        "versionInfo": version,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": SPDX.get(main, "NOASSERTION"),
        "copyrightText": "NOASSERTION",
        "sourceInfo": f"Debian's source package {source}",
        "externalRefs": [{
            "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
            "referenceLocator": f"pkg:deb/debian/{package.split(':')[0]}@{version}"}],
    }
    if homepage:
        item["homepage"] = homepage
    if words:
        item["licenseComments"] = "Debian's copyright file names: " + ", ".join(words)
    return item


def main():
    installed, build, version, date = sys.argv[1:]
    libraries = set()
    checksums = hashlib.sha256()
    for path in elf_files(installed):
        libraries.update(needed_libraries(path))
        with open(path, "rb") as file:
            checksums.update(file.read())
    linked = packages_of(libraries)
    if not linked:
        sys.exit(f"sbom: no ELF file in {installed} needs a library of a Debian package.")
    compiled = [name for name in packages_of(headers_read(build)) if name not in linked]
    own = "SPDXRef-Package-circuitloom"
    relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES",
                  "relatedSpdxElement": own}]
    packages = [{
        "SPDXID": own, "name": "circuitloom", "versionInfo": version,
        "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
        "licenseConcluded": "GPL-3.0-or-later", "licenseDeclared": "GPL-3.0-or-later",
        "copyrightText": "The Circuitloom authors"}]
    for name in linked + compiled:
        item = described(name)
        packages.append(item)
        relations.append(
            {"spdxElementId": own, "relationshipType": "DYNAMIC_LINK",
             "relatedSpdxElement": item["SPDXID"]} if name in linked else
            {"spdxElementId": item["SPDXID"], "relationshipType": "BUILD_DEPENDENCY_OF",
             "relatedSpdxElement": own})
    json.dump({
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"circuitloom-{version}",
        "documentNamespace":
            f"https://spdx.invalid/circuitloom-{version}-{checksums.hexdigest()[:32]}",
        "creationInfo": {"created": f"{date}T00:00:00Z",
                         "creators": ["Tool: packaging/sbom.py of Circuitloom"]},
        "packages": packages, "relationships": relations}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
