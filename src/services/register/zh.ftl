# 储户和卡
told-account-opened = 开户，{ $count }号
told-card-issued = { $card ->
    [code] 发二维码
    [alias] 加一张别的卡
   *[card] 发卡
 }
told-card-blocked = 卡停用
task-card-issue = 发卡
task-card-block = 停卡
list-register = 开户和卡
card-who = 给谁发卡？
card-new = 请把新卡放上来
card-again = 请把同一张卡再放一次
card-lost = 停谁的卡？
kind-account-opened = 开户
kind-card-issued = 发卡
kind-card-blocked = 停卡
refusal-birth-year = 出生年份不对。
refusal-birth-year-next = 请看看年份，再填一次。
refusal-card-taken = 这张卡已经有人用了。
refusal-card-taken-next = 请换一张新卡。
refusal-guardian = 小孩开户要有监护人，监护人先要有账户。
refusal-guardian-next = 请先给监护人开户。
refusal-no-name = 没有姓名。
refusal-no-name-next = 请填上姓名。
