"""Every setting of the program, read from the environment. The README's table is made from here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Config(BaseSettings):
    """Empty URLs mean the embedded part."""

    model_config = SettingsConfigDict(env_prefix="", env_file=None, extra="ignore", frozen=True, populate_by_name=True)

    data: Path = Field(Path("data"), alias="ASSAY_DATA", description="Folder of the embedded database, queue, recordings, keys and models.")
    host: str = Field("127.0.0.1", alias="HOST", description="Address to listen on.")
    port: int = Field(8000, alias="PORT", ge=1, le=65535, description="Port of the application, the API and the subscriptions.")
    public_url: str = Field(
        "",
        alias="PUBLIC_URL",
        description="Address that people open, e.g. https://qm.example.com; https makes cookies Secure. Default: http://HOST:PORT.",
    )
    trusted_proxies: str = Field(
        "",
        alias="TRUSTED_PROXIES",
        description="Addresses or networks of the proxies in front, e.g. 10.0.0.5, 172.16.0.0/12: what they say of a caller's address is"
        " believed. Empty: nobody's word is.",
    )
    database_url: str = Field(
        "",
        alias="DATABASE_URL",
        description="PostgreSQL for the application's role, directly or through a pooler that pools by session. Empty: embedded.",
    )
    database_owner_url: str = Field(
        "", alias="DATABASE_OWNER_URL", description="PostgreSQL for the role that owns the tables and migrates."
    )
    database_system_url: str = Field(
        "", alias="DATABASE_SYSTEM_URL", description="PostgreSQL for the role that reads the outbox and hands out jobs."
    )
    redis_url: str = Field("", alias="REDIS_URL", description="Valkey or Redis. Empty: embedded.")
    object_store_url: str = Field("", alias="OBJECT_STORE_URL", description="s3://bucket/prefix or file:///path. Empty: the data folder.")
    master_key_file: Path | None = Field(
        None, alias="MASTER_KEY_FILE", description="File of the key that wraps all others. Empty: keys/master in the data folder."
    )
    models: Path | None = Field(None, alias="ASSAY_MODELS", description="Folder of speech models. Empty: models in the data folder.")
    model_hub_url: str = Field(
        "https://huggingface.co",
        alias="MODEL_HUB_URL",
        description="Where `assay models pull` fetches models from; nothing else ever asks there.",
    )
    hf_token: SecretStr = Field(
        SecretStr(""), alias="HF_TOKEN", description="Token for models that the hub hands out only after their terms are accepted."
    )
    log_level: str = Field("info", alias="LOG_LEVEL", description="debug, info, warning or error.")
    max_upload_mb: int = Field(4096, alias="MAX_UPLOAD_MB", gt=0, description="Largest recording that is taken, in MiB.")
    max_duration_h: float = Field(12.0, alias="MAX_DURATION_H", gt=0, description="Longest recording that is taken, in hours.")
    worker_jobs: int = Field(2, alias="WORKER_JOBS", gt=0, description="Stages that one worker runs at a time.")
    sweep_s: float = Field(5.0, alias="SWEEP_S", gt=0, description="Seconds between two looks for stages that a crash left behind.")
    session_idle_h: float = Field(12.0, alias="SESSION_IDLE_H", gt=0, description="Hours without use after which a session ends.")
    session_max_d: float = Field(30.0, alias="SESSION_MAX_D", gt=0, description="Days after which a session ends in any case.")

    @property
    def address(self) -> str:
        """The address that people open, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def models_folder(self) -> Path:
        return self.models or self.data / "models"

    @property
    def key_file(self) -> Path:
        return self.master_key_file or self.data / "keys" / "master"


@lru_cache
def config() -> Config:
    """The process's settings, read once."""
    return Config()
