#!/usr/bin/env bash
# Jupyter with the .NET Interactive kernel, Chromium for pictures of charts, and the library that the notebooks load.
set -euo pipefail
cd "$(dirname "$0")/.."

sudo apt-get update -qq
sudo apt-get install -y -qq --no-install-recommends jupyter-notebook chromium fonts-dejavu-core

dotnet tool restore
mkdir -p ~/.local/share/jupyter/kernels # the next line does not make it, and fails without it
dotnet interactive jupyter install
dotnet build
