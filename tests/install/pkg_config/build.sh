#!/usr/bin/env bash
# build.sh PREFIX FOLDER: builds FOLDER/platform from the package that is installed below PREFIX, with
# nothing but a compiler (CXX, CXXFLAGS) and pkg-config, and runs it.
set -euo pipefail
prefix=$1 folder=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../platform"
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name neartile.pc)")
export PKG_CONFIG_PATH
read -ra flags <<<"$(pkg-config --cflags neartile) ${CXXFLAGS:-}"
read -ra libraries <<<"$(pkg-config --libs neartile)"
mkdir -p "$folder"
${CXX:-g++} -std=c++17 "${flags[@]}" -c board.cpp -o "$folder/board.o" &
board=$!
${CXX:-g++} -std=c++20 "${flags[@]}" -c main.cpp -o "$folder/main.o"
wait "$board"
${CXX:-g++} "${flags[@]}" "$folder/board.o" "$folder/main.o" "${libraries[@]}" -o "$folder/platform"
"$folder/platform"
