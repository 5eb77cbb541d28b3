# SPDX-License-Identifier: EUPL-1.2
# HTML on standard input, PDF on standard output. Started by pdf.cpp, which bounds its time and memory. Everything that
# the page needs is in it: any other address is refused, and so is every socket.
import sys

NO_WEASYPRINT, NOT_INLINE = 3, 4  # as pdf.cpp knows them


def no_network(event, _):
    if event.startswith('socket.'):
        raise PermissionError('no network here')


sys.addaudithook(no_network)
try:
    import weasyprint
except ImportError as fault:
    print(fault, file=sys.stderr)
    sys.exit(NO_WEASYPRINT)

refused = []


def inline_only(url):
    if url.startswith('data:'):
        return weasyprint.default_url_fetcher(url)
    refused.append(url)
    raise ValueError('not inline')


page = weasyprint.HTML(file_obj=sys.stdin.buffer, encoding='utf-8', url_fetcher=inline_only)
pdf = page.write_pdf(variant='pdf/ua-1')
if refused:
    print('not inline: ' + refused[0][:80], file=sys.stderr)
    sys.exit(NOT_INLINE)
sys.stdout.buffer.write(pdf)
