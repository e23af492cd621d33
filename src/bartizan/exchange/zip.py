"""A ZIP archive of one file: the same bytes for the same content."""

import io
import zipfile


def zip_of(member: str, content: bytes) -> bytes:
    """Return a ZIP archive that holds one file, dated 2000 because a date would differ."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        info = zipfile.ZipInfo(member, date_time=(2000, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, content)
    return whole.getvalue()
