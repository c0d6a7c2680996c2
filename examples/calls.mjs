// What five visitors of a shop do, as calls of @segment/analytics-node: [method, parameters].

const ana = 'a7k2m9q4x1c8v5b3'
const ben = 'ben4t6y8u1i3o5p7'
const chie = 'chie3z9x7c5v1b2n'
const dora = 'dora8f6g4h2j1k3l'
const emil = 'emil5w7e9r1t3y4u'

const desktop = {
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36',
  locale: 'en-GB',
  timezone: 'Europe/London'
}
const phone = {
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1',
  locale: 'ja-JP',
  timezone: 'Asia/Tokyo'
}

// Engage adds this to every call it makes for an audience or a journey.
const engage = (computationClass, key) => ({
  personas: {
    computation_class: computationClass,
    computation_id: `aud_${key}`,
    computation_key: key,
    namespace: 'spa_examples',
    space_id: 'spa_examples'
  }
})

const page = (path, title) => ({ url: `https://shop.example.com${path}`, path, title, referrer: '', search: '' })

const cart = [
  { product_id: 'sku-1001', name: 'Trail running shoes', category: 'Shoes', price: 89.9, quantity: 1 },
  { product_id: 'sku-2040', name: 'Wool socks', category: 'Clothing', price: 15, quantity: 2 }
]

// About 30 KB: Segment accepts events of up to 32 KB.
const longOrder = Array.from({ length: 197 }, (_, index) => ({
  product_id: `sku-${5000 + index}`,
  name: `Spare part number ${index + 1}`,
  category: 'Spare parts and accessories',
  price: 1.25,
  quantity: 2,
  coupon: 'WORKSHOP-SPRING'
}))

export const calls = [
  // Ana looks around and buys.
  [
    'page',
    {
      anonymousId: 'anon-ana',
      name: 'Home',
      context: desktop,
      properties: { ...page('/', 'Shop'), kameleoonVisitorCode: ana }
    }
  ],
  [
    'page',
    { anonymousId: 'anon-ana', context: desktop, properties: { ...page('/shoes', 'Shoes'), kameleoonVisitorCode: ana } }
  ],
  [
    'track',
    {
      anonymousId: 'anon-ana',
      event: 'Product Viewed',
      context: desktop,
      properties: { ...cart[0], kameleoonVisitorCode: ana }
    }
  ],
  [
    'identify',
    {
      userId: 'user-ana',
      anonymousId: 'anon-ana',
      context: desktop,
      traits: { email: 'ana@example.com', plan: 'gold', age: 34, newsletter: true, kameleoonVisitorCode: ana }
    }
  ],
  [
    'track',
    {
      userId: 'user-ana',
      event: 'Order Completed',
      context: desktop,
      properties: {
        order_id: 'order-5001',
        products: cart,
        total: 124.9,
        revenue: 119.9,
        shipping: 5,
        currency: 'EUR',
        kameleoonVisitorCode: ana
      }
    }
  ],
  [
    'track',
    {
      userId: 'user-ana',
      event: 'Audience Entered',
      context: engage('audience', 'big_spenders'),
      properties: { audience_key: 'big_spenders', big_spenders: true, kameleoonVisitorCode: ana }
    }
  ],
  [
    'identify',
    {
      userId: 'user-ana',
      context: engage('audience', 'order_completed_last_30days'),
      traits: { order_completed_last_30days: true, kameleoonVisitorCode: ana }
    }
  ],
  [
    'track',
    {
      userId: 'user-ana',
      event: 'Order Refunded',
      context: desktop,
      properties: { order_id: 'order-5001', total: 30, revenue: 30, currency: 'EUR', kameleoonVisitorCode: ana }
    }
  ],

  // Ben works for a company; his page calls carry the classic name of the visitor code.
  [
    'page',
    {
      anonymousId: 'anon-ben',
      category: 'Docs',
      name: 'Pricing',
      context: desktop,
      properties: { ...page('/pricing', 'Pricing'), k_visitorCode: ben }
    }
  ],
  [
    'group',
    {
      userId: 'user-ben',
      anonymousId: 'anon-ben',
      groupId: 'acme',
      context: desktop,
      traits: { name: 'Acme Ltd', industry: 'Logistics', employees: 420, kameleoonVisitorCode: ben }
    }
  ],
  [
    'identify',
    {
      userId: 'user-ben',
      anonymousId: 'anon-ben',
      context: desktop,
      traits: { email: 'ben@example.com', role: 'Buyer', kameleoonVisitorCode: ben }
    }
  ],
  [
    'track',
    {
      userId: 'user-ben',
      event: 'Signed Up',
      context: desktop,
      properties: { plan: 'team', kameleoonVisitorCode: ben }
    }
  ],
  [
    'track',
    {
      userId: 'user-ben',
      event: 'Audience Entered',
      context: engage('audience', 'trial_users'),
      properties: { audience_key: 'trial_users', trial_users: true, kameleoonVisitorCode: ben }
    }
  ],
  [
    'track',
    {
      userId: 'user-ben',
      event: 'Audience Exited',
      context: engage('audience', 'trial_users'),
      properties: { audience_key: 'trial_users', trial_users: false, kameleoonVisitorCode: ben }
    }
  ],
  [
    'track',
    {
      userId: 'user-ben',
      event: 'Journeys Step Entered',
      context: engage('journey_step', 'j_o_onboarding_step_2'),
      properties: {
        j_o_onboarding_step_2: true,
        journey_metadata: {
          journey_id: 'jou_onboarding',
          journey_name: 'Onboarding',
          step_id: 'step_2',
          step_name: 'Second week'
        },
        kameleoonVisitorCode: ben
      }
    }
  ],

  // Chie shops in Japanese, in the mobile application.
  ['screen', { anonymousId: 'anon-chie', name: 'Home', context: phone, properties: { kameleoonVisitorCode: chie } }],
  [
    'page',
    {
      anonymousId: 'anon-chie',
      name: '東京ストア',
      context: phone,
      properties: { ...page('/ja/東京', '東京ストア | 春のセール 🌸'), kameleoonVisitorCode: chie }
    }
  ],
  // The second café is written with a combining accent.
  [
    'identify',
    {
      userId: 'user-chie',
      anonymousId: 'anon-chie',
      context: phone,
      traits: {
        name: '渡辺 千恵',
        city: '東京',
        favourites: ['café', 'cafe\u0301'],
        mood: '👩🏽‍💻🎌',
        kameleoonVisitorCode: chie
      }
    }
  ],
  [
    'track',
    {
      userId: 'user-chie',
      event: 'チェックアウト完了 🎉',
      context: phone,
      properties: { revenue: 4980, currency: 'JPY', kameleoonVisitorCode: chie }
    }
  ],
  [
    'identify',
    {
      userId: 'user-chie',
      context: engage('audience', 'order_completed_last_30days'),
      traits: { order_completed_last_30days: true, kameleoonVisitorCode: chie }
    }
  ],
  [
    'identify',
    {
      userId: 'user-chie',
      context: engage('audience', 'order_completed_last_30days'),
      traits: { order_completed_last_30days: false, kameleoonVisitorCode: chie }
    }
  ],

  // Dora's visitor code is told once; her other events know only the user.
  [
    'track',
    {
      userId: 'user-dora',
      anonymousId: 'anon-dora',
      event: 'Kameleoon identifier',
      properties: { k_visitorCode: dora }
    }
  ],
  ['track', { userId: 'user-dora', event: 'Subscription Renewed', properties: { revenue: 12.5, currency: 'USD' } }],
  ['identify', { userId: 'user-dora', traits: { plan: 'silver', renewals: 3 } }],

  // Emil orders very much at once.
  [
    'track',
    {
      userId: 'user-emil',
      anonymousId: 'anon-emil',
      event: 'Order Completed',
      context: desktop,
      properties: {
        order_id: 'order-5002',
        products: longOrder,
        total: 492.5,
        revenue: 492.5,
        currency: 'EUR',
        kameleoonVisitorCode: emil
      }
    }
  ],
  [
    'identify',
    { userId: 'user-emil', anonymousId: 'anon-emil', traits: { name: 'Emil Sørensen', kameleoonVisitorCode: emil } }
  ],
  [
    'group',
    { userId: 'user-emil', groupId: 'workshop', traits: { name: 'Emil & Søns Værksted', kameleoonVisitorCode: emil } }
  ],
  [
    'track',
    {
      userId: 'user-emil',
      event: 'Order Completed',
      context: desktop,
      properties: { order_id: 'order-5003', total: '19.90', kameleoonVisitorCode: emil }
    }
  ],

  // What Kameleoon itself reported to Segment: not to be counted as a goal.
  [
    'track',
    {
      anonymousId: 'anon-ana',
      event: 'Experiment Viewed',
      context: desktop,
      properties: {
        experimentID: 187651,
        experimentName: 'Checkout button',
        variationID: 857101,
        variationName: 'Green',
        nonInteraction: 1,
        kameleoonVisitorCode: ana
      }
    }
  ],

  // Events that must be rejected: nobody knows which visitor they belong to.
  ['track', { anonymousId: 'anon-lost', event: 'Product Added', context: desktop, properties: { ...cart[1] } }],
  ['page', { anonymousId: 'anon-lost', name: 'Cart', context: desktop, properties: page('/cart', 'Cart') }],
  ['identify', { anonymousId: 'anon-lost', traits: { email: 'lost@example.com' } }],
  // A visitor code that cannot be one, and an amount that is none.
  ['track', { userId: 'user-ben', event: 'Quote Requested', properties: { kameleoonVisitorCode: `${ben}\n${ana}` } }],
  [
    'track',
    { userId: 'user-ben', event: 'Order Completed', properties: { revenue: 'a lot', kameleoonVisitorCode: ben } }
  ],

  // Alias calls have no place in Kameleoon: no subscription takes them.
  ['alias', { userId: 'user-ana', previousId: 'anon-ana' }]
]
