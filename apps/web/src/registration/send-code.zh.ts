export const zh = {
  refused: (left: number) =>
    `短信没有发出去：运营商不接受发到这个号码。请检查手机号码，或换一个号码。这次不计次，这个号码今天还可以获取 ${left} 次。`,
  unavailable: (left: number) =>
    `短信暂时发不出去，问题在我们这边。请过几分钟再获取。这次不计次，这个号码今天还可以获取 ${left} 次。`,
};
