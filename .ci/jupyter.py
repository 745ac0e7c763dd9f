#!/usr/bin/python3
"""Runs notebooks as Jupyter does: the .NET Interactive kernel of .config/dotnet-tools.json over the Jupyter protocol.

usage: jupyter.py FOLDER NOTEBOOK...

FOLDER holds the same notebooks as `urial run` executed them on this machine. Fails where a cell raises, where anything is printed on
standard error, where a text is another than there, or where a figure is not drawn in a browser: after a run from the top, and again
after the cells with figures were run once more in reverse order.
"""
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient

STYLE = re.compile(r"<style>\s*\.dni-code-hint.*?</style>", re.S)
FIGURE = re.compile(r'<div id="urial-figure-[^>]*>')


def free_ports(count=100):
    """Two kernels that start at once must not try the same ports for their own web server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        first = probe.getsockname()[1]
    first = min(first, 65535 - count)
    return f"{first}-{first + count}"


def kernel_spec(folder):
    spec = Path(folder, "kernels", ".net-csharp")
    spec.mkdir(parents=True)
    argv = ["dotnet", "tool", "run", "dotnet-interactive", "--", "jupyter", "--default-kernel", "csharp", "{connection_file}",
            "--http-port-range", free_ports()]
    spec.joinpath("kernel.json").write_text(json.dumps({"argv": argv, "display_name": ".NET (C#)", "language": "C#"}))
    os.environ["JUPYTER_PATH"] = str(folder)
    os.environ["Logging__LogLevel__Default"] = "Warning"  # of the kernel's web server, which tells its addresses


def said(cell):
    """What a cell says in words and markup; streams whole, whatever pieces they came in."""
    streams, shown = {}, []
    for output in cell.outputs:
        if output.output_type == "stream":
            streams[output.name] = streams.get(output.name, "") + output.text
        elif output.output_type in ("display_data", "execute_result"):
            html = STYLE.sub("", output.data.get("text/html", ""))
            if "<script" in html and not FIGURE.search(html):
                continue  # what the kernel's own web server tells the page, in the first cell
            shown.append({"text/plain": output.data.get("text/plain"), "text/html": None if "<script" in html else html or None})
    return streams, shown


def differences(here, there):
    """Forms that only one side has are no difference: a saved notebook has more of them."""
    (streams, shown), (expected_streams, expected_shown) = said(here), said(there)
    for name in sorted(streams.keys() | expected_streams.keys()):
        if streams.get(name, "") != expected_streams.get(name, ""):
            yield f"{name}: {streams.get(name, '')[:200]!r} instead of {expected_streams.get(name, '')[:200]!r}"
    if len(shown) != len(expected_shown):
        yield f"{len(shown)} values shown instead of {len(expected_shown)}"
    for one, other in zip(shown, expected_shown):
        for form in one:
            if one[form] is not None and other[form] is not None and one[form].replace("\r\n", "\n") != other[form]:
                yield f"{form}: {one[form][:200]!r} instead of {other[form][:200]!r}"


def undrawn(notebook, folder):
    """The figures of all outputs on one page, as hosts show them, that a browser does not draw."""
    html = [o.data["text/html"] for c in notebook.cells if c.cell_type == "code" for o in c.outputs if "text/html" in o.get("data", {})]
    page = Path(folder, "page.html")
    page.write_text("<!doctype html><meta charset=utf-8><body>" + "\n".join(html))
    dom = subprocess.run(
        ["chromium-headless-shell", "--no-sandbox", "--disable-gpu", "--disable-background-networking", f"--user-data-dir={folder}/browser",
         "--virtual-time-budget=20000", "--timeout=60000", "--dump-dom", page.as_uri()],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=300).stdout
    figures = FIGURE.findall(dom)
    return len(figures), sum("js-plotly-plot" not in figure for figure in figures)


def check(path, expected):
    with tempfile.TemporaryDirectory() as folder:
        kernel_spec(folder)
        notebook, there = nbformat.read(path, 4), nbformat.read(expected, 4)
        faults = []
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        client = NotebookClient(notebook, timeout=900, startup_timeout=300, kernel_name=".net-csharp", resources={"metadata": {"path": str(path.parent)}})
        with client.setup_kernel():
            code = [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
            for i, cell in code:
                client.execute_cell(cell, i)
            for n, (i, cell) in enumerate(code, 1):
                if any(o.output_type == "stream" and o.name == "stderr" for o in cell.outputs):
                    faults.append(f"cell [{n}] prints on standard error: {said(cell)[0]['stderr'][:300]!r}")
                faults += [f"cell [{n}] {d}" for d in differences(cell, there.cells[i])]
            figures, missing = undrawn(notebook, folder)
            if missing:
                faults.append(f"{missing} of {figures} figures are not drawn after a run from the top")
            drawing = [(i, c) for i, c in code if any(FIGURE.search(o.get("data", {}).get("text/html", "")) for o in c.outputs)]
            for i, cell in reversed(drawing):
                client.execute_cell(cell, i)
            again, missing = undrawn(notebook, folder)
            if missing or again != figures:
                faults.append(f"{missing} of {again} figures are not drawn after their cells ran again in reverse order")
        print(f"{'FAILED' if faults else 'ok    '}  {path.stem}  {len(code)} cells, {figures} figures", flush=True)
        for fault in faults:
            print("  " + fault, flush=True)
        return not faults


if __name__ == "__main__":
    expected = Path(sys.argv[1])
    names = sys.argv[2:]
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(names))) as side_by_side:  # a kernel has little to do for more than one core
        results = list(side_by_side.map(check, map(Path, names), [expected / Path(name).name for name in names]))
    sys.exit(0 if all(results) else 1)
