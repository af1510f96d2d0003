"""Serve one baseline, as the program is served: `python -m bench.servers relay|websocket|channels --port PORT`."""

import argparse

import uvicorn

SERVERS = {"relay": "none", "websocket": "websockets-sansio", "channels": "websockets-sansio"}


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=SERVERS)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    configuration = uvicorn.Config(
        f"bench.servers.{options.name}:application",
        port=options.port,
        loop="uvloop",
        http="httptools",
        ws=SERVERS[options.name],
        # On by default; it costs three times the memory and hides nothing that is sealed.
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(configuration).run()


if __name__ == "__main__":
    main()
