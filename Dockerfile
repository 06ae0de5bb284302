# syntax=docker/dockerfile:1
# Two images from one file: `app` (no torch) serves and analyses; `speech` adds NeMo, pyannote and transformers.

FROM node:24-slim AS frontend
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY backend/schema.graphql /src/backend/schema.graphql
COPY frontend/ ./
RUN npm run build

FROM python:3.11-slim AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 PATH=/assay/.venv/bin:$PATH
RUN pip install --no-cache-dir uv==0.13.9 && useradd --create-home --uid 10001 assay
WORKDIR /assay
COPY pyproject.toml uv.lock README.md .python-version ./
COPY scripts/torch scripts/torch
COPY backend backend
COPY workers workers
COPY migrations migrations
COPY policies policies

FROM base AS app
RUN uv sync --frozen --no-dev
COPY samples samples
COPY --from=frontend /src/frontend/dist frontend/dist
RUN mkdir /data && chown assay /data
ENV ASSAY_DATA=/data HOST=0.0.0.0
USER assay
EXPOSE 8000
CMD ["assay", "serve", "--no-worker"]

FROM base AS speech
ARG TORCH=cpu
ARG LINKS=https://download.pytorch.org/whl/cpu/torch/
RUN scripts/torch "$(command -v uv)" "$TORCH" "$LINKS"
RUN mkdir /data && chown assay /data
ENV ASSAY_DATA=/data PYANNOTE_METRICS_ENABLED=0 HF_HUB_OFFLINE=1
USER assay
CMD ["assay", "worker", "--queue", "speech"]
