"""核对意见的样例 — one small work folder per code, written as text; read by test_findings and by docs/findings.md.

    # 往期的列不采用
    expect: 报送/区财政局.xlsx › Sheet1!C1：“3月进展”是往期的列，没有采用；本次采用“5月进展”（H05）
    == 报送/区财政局.xlsx
    编号 | 整改措施           | 3月进展  | 5月进展
    1-1  | 修订差旅费管理办法 | 正在起草 | 5月6日印发新办法

``#`` lines say what is wrong; ``expect:`` is one finding exactly as a clerk reads it; ``as_of:`` and ``stage:`` (what
happens to the folder meanwhile, see `stages`) may follow. ``== file ! deed`` begins a file and says what was done to
it (see `deeds`), ``-- sheet 隐藏 隐藏行3 隐藏列D`` a sheet. A case without a 责任分解表.xlsx of its own has that of
``common.txt``, unless it says ``breakdown: none``. Cells are those of `tests.sheets`, and more:

    文字 text as typed          ^文字  text hidden under the merge with the cell above
    2016-04-02{m"月"d"日"}      a day or a number, in a number format
    #N/A                        an error value            =A1+1  a formula without a stored result
"""
