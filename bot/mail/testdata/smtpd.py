"""A mail server for tests: aiosmtpd of Debian, with TLS and a password.

usage: smtpd.py CERTIFICATE KEY FOLDER

It prints the port on which TLS begins at once and that on which STARTTLS does, writes every
mail it accepts to FOLDER, and ends when its standard input does.
"""
import asyncio
import logging
import ssl
import sys
import threading
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

logging.disable()
certificate, key, folder = sys.argv[1:]


class Keep:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        Keep.count += 1
        part = Path(folder) / f"{Keep.count}.part"
        part.write_bytes(envelope.original_content)
        part.rename(part.with_suffix(".eml"))
        return "250 2.0.0 kept"


def known(server, session, envelope, mechanism, data):
    success = data == LoginPassword(b"bot", b"p@ss:word")
    return AuthResult(success=success, handled=False)


async def main():
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()

    def implicit():
        return SMTP(Keep(), authenticator=known, auth_required=True, auth_require_tls=False)

    def starttls():
        return SMTP(Keep(), authenticator=known, auth_required=True, tls_context=tls, require_starttls=True)

    servers = [
        await loop.create_server(implicit, "127.0.0.1", 0, ssl=tls),
        await loop.create_server(starttls, "127.0.0.1", 0),
    ]
    print(*(s.sockets[0].getsockname()[1] for s in servers), flush=True)
    over = asyncio.Event()

    def wait():
        sys.stdin.read()
        loop.call_soon_threadsafe(over.set)

    threading.Thread(target=wait, daemon=True).start()
    await over.wait()


asyncio.run(main())
