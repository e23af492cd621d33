"""How kernels take tables: each as the address where its columns lie.

Numba hands a named tuple on number by number, seven an array. A tick hands tables of hundreds
of arrays to kernel after kernel, and half of what they took to compile, and a fifth of what
they took to run, went into that. So the wrapper around a kernel that Python calls writes each
table down once, and every kernel within gets the address. What is written there stays as it
is, as nobody assigns to a column: only what the columns hold changes.

Named tuples that a kernel makes are numba's own, and go by value; `kept` writes one down.
"""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba.core
import numba.extending
from llvmlite import ir
from numba import types

_core: Any = numba.core
_extending: Any = numba.extending
_models: Any = _extending.models
_cgutils: Any = _core.cgutils
_NamedTuple: Any = types.BaseNamedTuple

Made = TypeVar("Made")
Function = TypeVar("Function", bound=Callable[..., Any])

TRUSTS_CLASSES = True  # of tables, in `quick`

PACKAGE = __name__.partition(".")[0]
ADDRESS = ir.IntType(8).as_pointer()


class Table(types.Type):
    """Numba's type of a named tuple of this package: its columns, and where they lie."""

    def __init__(self, kind: type, members: tuple[Any, ...]) -> None:
        self.kind, self.members = kind, members
        self.columns: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
        # The name of a kernel holds those of all types that it takes: so they are short.
        names = " ".join(member.name for member in members)
        digest = hashlib.blake2b(names.encode(), digest_size=8).hexdigest()
        super().__init__(name=f"{kind.__module__}.{kind.__qualname__}.{digest}")

    @property
    def key(self) -> tuple[type, tuple[Any, ...]]:
        """What tells two types apart."""
        return self.kind, self.members


class _Address(_models.OpaqueModel):  # type: ignore[misc]
    """A table is handed on as its address."""


def _place_type(context: Any, table: Table) -> Any:
    """Return the layout: column after column, those of tables within it in their place."""
    return ir.LiteralStructType([
        _place_type(context, member) if isinstance(member, Table)
        else context.get_data_type(member)
        for member in table.members
    ])  # fmt: skip


# ---- from Python to the kernel

_typeof: Any = _core.typing.typeof.typeof_impl
_typeof_tuple: Any = _typeof.dispatch(tuple)


def _type_of(value: Any, context: Any) -> Any:
    kind = type(value)
    if hasattr(kind, "_fields") and kind.__module__.partition(".")[0] == PACKAGE:
        members = tuple(_typeof(member, context) for member in value)
        return None if None in members else Table(kind, members)
    return _typeof_tuple(value, context)


def _write_down(table: Table, value: Any, c: Any) -> Any:
    place = _cgutils.alloca_once(c.builder, _place_type(c.context, table))
    failed = _fill(table, value, place, c)
    return _extending.NativeValue(_hidden(c.builder, place), is_error=failed)


def _fill(table: Table, value: Any, place: Any, c: Any) -> Any:
    """Write a table down at a place; return whether that failed."""
    failed = _cgutils.false_bit
    for n, member in enumerate(table.members):
        item = c.pyapi.tuple_getitem(value, n)
        spot = _cgutils.gep_inbounds(c.builder, place, 0, n)
        if isinstance(member, Table):
            error = _fill(member, item, spot, c)
        elif isinstance(member, types.Array):
            code = c.pyapi.numba_array_adaptor(item, c.builder.bitcast(spot, ADDRESS))
            error = _cgutils.is_not_null(c.builder, code)
        else:
            native = c.unbox(member, item)
            model = c.context.data_model_manager[member]
            c.builder.store(model.as_data(c.builder, native.value), spot)
            error = native.is_error
        failed = c.builder.or_(failed, error)
    return failed


def _hidden(builder: Any, place: Any) -> Any:
    """Return the address of a place, such that LLVM does not know which place that is.

    Reading is marked as invariant (see `_read`), so that columns are not read again after
    each write into any array. Of a place that it knows, LLVM could then read before we write.
    """
    kind = ir.FunctionType(ADDRESS, [ADDRESS])
    address = builder.bitcast(place, ADDRESS)
    return builder.asm(kind, "", "=r,0,~{memory}", [address], True)


# ---- columns


class _Columns(_core.typing.templates.AttributeTemplate):  # type: ignore[misc]
    """The types of columns."""

    key = Table

    def generic_resolve(self, table: Table, name: str) -> Any:
        if name in table.columns:
            return table.members[table.columns.index(name)]
        return None


def _column(context: Any, builder: Any, table: Table, value: Any, name: str) -> Any:
    n = table.columns.index(name)
    member = table.members[n]
    place = builder.bitcast(value, _place_type(context, table).as_pointer())
    spot = _cgutils.gep_inbounds(builder, place, 0, n)
    if isinstance(member, Table):
        return builder.bitcast(spot, ADDRESS)
    return _read(builder, context.data_model_manager[member], spot)


def _read(builder: Any, model: Any, spot: Any) -> Any:
    """Read what lies there number by number, so that what is not asked for is not read."""
    if isinstance(model, _models.StructModel):
        parts = model.inner_models()
    elif isinstance(model, _core.datamodel.models.UniTupleModel):
        parts = tuple(model.inner_models()) * model.get_value_type().count
    else:
        data = builder.load(spot)
        data.set_metadata("invariant.load", builder.module.add_metadata([]))
        return model.from_data(builder, data)
    whole = ir.Constant(model.get_value_type(), ir.Undefined)
    for n, part in enumerate(parts):
        one = _read(builder, part, _cgutils.gep_inbounds(builder, spot, 0, n))
        whole = builder.insert_value(whole, one, [n])
    return whole


# ---- a table that a kernel makes


def kept(table: Made) -> Made:
    """Write down a table that a kernel made, for the kernels that the caller calls.

    It lies there until the same line of the caller writes the next one over it.
    """
    return table


def _written(kind: Any) -> Any:
    """Return the type that a value has once it is written down."""
    if isinstance(kind, _NamedTuple):
        return Table(kind.instance_class, tuple(_written(member) for member in kind.types))
    return kind


def _keep(context: Any, builder: Any, signature: Any, values: Any) -> Any:
    table = signature.return_type
    place = _cgutils.alloca_once(builder, _place_type(context, table))
    _store(context, builder, signature.args[0], values[0], place)
    return _hidden(builder, place)


def _store(context: Any, builder: Any, kind: Any, value: Any, place: Any) -> None:
    """Write a named tuple of numba's down at a place."""
    for n, member in enumerate(kind.types):
        part = builder.extract_value(value, [n])
        spot = _cgutils.gep_inbounds(builder, place, 0, n)
        if isinstance(member, _NamedTuple):
            _store(context, builder, member, part, spot)
        else:
            builder.store(context.data_model_manager[member].as_data(builder, part), spot)


# ---- calls from Python


def quick(function: Function) -> Function:
    """Return a kernel that tells its arguments by their classes alone.

    Numba looks at every column of every table at each call from Python, which is most of what
    a short kernel takes. But tables of one class have columns of the same types, always
    (`tests/test_columns.py`). This is for what a run does in its loop, with the tables of a
    plan and a state; with `TRUSTS_CLASSES` off, as in tests, numba looks.
    """
    if not isinstance(function, _core.dispatcher.Dispatcher):
        return function
    dispatcher: Any = function
    entries: dict[tuple[type, ...], Callable[..., Any]] = {}

    def call(*arguments: Any) -> Any:
        if not TRUSTS_CLASSES:
            return dispatcher(*arguments)
        classes = tuple(map(type, arguments))
        if classes not in entries:
            found = tuple(dispatcher.typeof_pyval(value) for value in arguments)
            dispatcher.compile(found)
            entries[classes] = dispatcher.get_overload(found)
        return entries[classes](*arguments)

    return cast(Function, call)


# ---- numba is told

_extending.register_model(Table)(_Address)
_typeof.register(tuple)(_type_of)
_extending.unbox(Table)(_write_down)
_core.typing.templates.infer_getattr(_Columns)
_core.imputils.lower_getattr_generic(Table)(_column)
_extending.type_callable(kept)(lambda context: _written)
_extending.lower_builtin(kept, _NamedTuple)(_keep)
