"""What a host can set: on the command line, or as PARLOUR_… in the environment."""

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from web.edge.admission import Limits


class Settings(BaseSettings):
    """A server of turn-based games."""

    model_config = SettingsConfigDict(
        env_prefix="PARLOUR_",
        env_nested_delimiter="__",
        cli_prog_name="python -m web",
        cli_kebab_case=True,
        cli_hide_none_type=True,
    )

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="port to listen on; 0 takes a free one and prints it")
    storage: str = Field("sqlite:data/parlour.db", description="where records are kept: sqlite:PATH or memory:")
    key: SecretStr | None = Field(
        None,
        min_length=32,
        description="secret that tokens are signed with, 32 characters or more; by default one is made and kept "
        "beside the database. Better set in the environment than on the command line, where others can see it",
    )
    origins: list[str] = Field(
        [], description="origins whose pages may connect besides the server's own, as https://example.org; * is any"
    )
    trusted_proxies: list[str] = Field(
        [], description="addresses or networks of proxies whose X-Forwarded-For tells where a connection comes from"
    )
    limits: Limits = Field(Limits(), description="what one server bears")
    log_format: Literal["console", "json"] = Field("console", description="for people or for programs")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="the least that is logged")
